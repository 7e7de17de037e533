# Amounts with their units. A number and its unit stay together: the space between them does not break.

size-bytes = { $amount ->
    [one] 1 Byte
   *[other] { $amount } Byte
}
size-kilobytes = { $amount } kB
size-megabytes = { $amount } MB
size-gigabytes = { $amount } GB

duration-hours = { $hours } Std.
duration-minutes = { $minutes } Min.
duration-both = { $hours } Std. { $minutes } Min.
