# Words of /about.

about-title = Magpie finds pictures and says where they come from
