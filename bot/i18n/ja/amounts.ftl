# Amounts with their units. A number and its unit stay together: the space between them does not break.

size-bytes = { $amount }バイト
size-kilobytes = { $amount } KB
size-megabytes = { $amount } MB
size-gigabytes = { $amount } GB

duration-hours = { $hours }時間
duration-minutes = { $minutes }分
duration-both = { $hours }時間{ $minutes }分
