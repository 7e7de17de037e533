# Names and descriptions of commands and options, as Discord lists them.
# Names: lower case, no spaces, at most 32 characters. Descriptions: at most 100 characters.

command-about = about
command-about-description = What Magpie is, what it can do here, and what it keeps
