# Amounts with their units. A number and its unit stay together: the space between them does not break.

size-bytes = { $amount ->
    [one] { $amount } byte
   *[other] { $amount } bytes
}
size-kilobytes = { $amount } kB
size-megabytes = { $amount } MB
size-gigabytes = { $amount } GB

duration-hours = { $hours } h
duration-minutes = { $minutes } min
duration-both = { $hours } h { $minutes } min
