# What British English writes otherwise; everything else is said as in en-US.

option-image-color = colour
option-image-color-description = The main colour
option-image-license = licence
option-image-license-description = What the licence must allow
credit-unknown-licence = No licence is known for this picture. Ask its owner before you use it.
filter-label-color = Colour
filter-label-license = Licence
filter-name-color = colour
filter-name-license = licence
choice-color-ColorOnly = In colour
choice-color-Gray = Grey
choice-license-Any = Any known licence
insights-availability-PreOrder = available for pre-order
insights-field-licence = Licence
