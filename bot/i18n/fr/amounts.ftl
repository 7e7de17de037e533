# Amounts with their units. A number and its unit stay together: the space between them does not break.

size-bytes = { $amount ->
    [one] { $amount } octet
   *[other] { $amount } octets
}
size-kilobytes = { $amount } ko
size-megabytes = { $amount } Mo
size-gigabytes = { $amount } Go

duration-hours = { $hours } h
duration-minutes = { $minutes } min
duration-both = { $hours } h { $minutes } min
