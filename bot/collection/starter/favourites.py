"""More of what people try first: cats, dogs, foxes, sunsets, cities, food, flowers, space, and a red panda."""

from __future__ import annotations

import math
import random

from .animals import eyes, face, mouth, pair, whiskers
from .catalogue import SQUARE, TALL, WALLPAPER, WIDE, drawn
from .kit import Canvas

ANIMALS, LAND, FLOWERS, FOOD, SKY, CITY = "Animals", "Landscapes", "Flowers", "Food", "Space and sky", "Cities"


@drawn("Red panda on a branch", "red panda animal wildlife bear forest orange", ANIMALS, WIDE)
def red_panda(c: Canvas) -> None:
    c.fade("#bfe0c2", "#7fb48a")
    for x, y, r in ((14, 20, 20), (130, 16, 24), (146, 60, 18), (8, 70, 16)):
        c.disc(x, y, r, "#5f9a6c")
    c.line([(-4, 86), (c.wide + 4, 80)], 9, "#6b4a32")
    m = c.middle
    for k in range(5):
        c.oval(m + 50 + k * 5, 76 - k * 3, 8, 7, "#b5502a" if k % 2 == 0 else "#e2a56e")
    c.oval(m + 22, 70, 34, 18, "#b5502a")
    c.oval(m - 4, 84, 8, 6, "#3a2420")
    c.oval(m + 36, 84, 8, 6, "#3a2420")
    for side in (-1, 1):
        c.poly([(m - 12 + side * 26, 14), (m - 12 + side * 10, 30), (m - 12 + side * 30, 40)], "#fff3e4")
        c.poly([(m - 12 + side * 24, 20), (m - 12 + side * 14, 31), (m - 12 + side * 27, 36)], "#3a2420")
    c.oval(m - 12, 48, 29, 25, "#c75f32")
    for side in (-1, 1):
        c.oval(m - 12 + side * 17, 55, 9, 11, "#fff3e4", turn=side * 20)
        c.oval(m - 12 + side * 11, 37, 5, 3, "#fff3e4")
        c.curve([(m - 12 + side * 10, 50), (m - 12 + side * 16, 60), (m - 12 + side * 15, 70)], 3, "#8a3a20")
        c.eye(m - 12 + side * 11, 46, 2.8)
    c.oval(m - 12, 60, 11, 8, "#fff3e4")
    c.oval(m - 12, 56, 4, 3, "#2b2024")
    mouth(c, 60, 0.1)


@drawn("Black cat at the window", "cat animal pet black window night moon", ANIMALS, TALL)
def black_cat(c: Canvas) -> None:
    c.ground("#6d4b3b")
    c.rect(8, 6, c.wide - 8, 82, "#16264d")
    c.disc(46, 24, 9, "#f7efc4")
    c.stars(40, 5, bottom=60)
    c.line([(c.middle, 6), (c.middle, 82)], 1.4, "#8a6450")
    c.rect(0, 82, c.wide, 88, "#8a6450")
    c.oval(30, 68, 13, 16, "#141318")
    c.disc(30, 46, 10, "#141318")
    c.poly([(21, 44), (22, 31), (30, 38)], "#141318")
    c.poly([(39, 44), (38, 31), (30, 38)], "#141318")
    c.curve([(42, 78), (54, 80), (56, 92), (50, 97)], 3.2, "#141318")
    for x in (26, 34):
        c.oval(x, 46, 2, 2.6, "#d8e84f")
        c.oval(x, 46, 0.6, 2.2, "#141318")


@drawn("Orange cat in a box", "cat animal pet kitten orange box funny", ANIMALS, WIDE)
def boxed_cat(c: Canvas) -> None:
    c.fade("#e6eef7", "#c9d8e8")
    m = c.middle
    for side in (-1, 1):
        c.poly([(m + side * 26, 12), (m + side * 7, 28), (m + side * 27, 42)], "#e88c3a")
        c.poly([(m + side * 23, 19), (m + side * 13, 29), (m + side * 24, 37)], "#f6c0a8")
    c.oval(m, 46, 30, 25, "#f09a46")
    for dx in (-8, 0, 8):
        c.line([(m + dx, 23), (m + dx * 0.7, 31)], 2, "#c96a22")
    eyes(c, 44, 12, 3.2)
    c.oval(m, 55, 11, 7, "#fff4e6")
    c.poly([(m - 2.6, 51), (m + 2.6, 51), (m, 54)], "#d9747a")
    mouth(c, 54, 3.4)
    whiskers(c, 54)
    c.rect(m - 46, 64, m + 46, 96, "#c79a63")
    c.poly([(m - 46, 64), (m - 62, 74), (m - 56, 78), (m - 40, 68)], "#b5874f")
    c.poly([(m + 46, 64), (m + 62, 74), (m + 56, 78), (m + 40, 68)], "#b5874f")
    for side in (-1, 1):
        c.oval(m + side * 18, 65, 7, 5, "#f09a46")


@drawn("White cat asleep on a cushion", "cat animal pet white sleeping cushion red", ANIMALS, WIDE)
def white_cat(c: Canvas) -> None:
    c.fade("#dbe7e4", "#b9cfca")
    m = c.middle
    c.oval(m, 80, 58, 14, "#b53b3b")
    c.oval(m, 77, 54, 11, "#cf5050")
    c.oval(m + 4, 62, 40, 20, "#f7f5f1")
    c.oval(m - 30, 62, 18, 15, "#fdfcf9")
    c.poly([(m - 44, 54), (m - 44, 40), (m - 33, 48)], "#fdfcf9")
    c.poly([(m - 18, 52), (m - 20, 40), (m - 30, 47)], "#fdfcf9")
    for x in (m - 37, m - 24):
        c.arc(x, 61, 4, 20, 160, 1.1, "#4a4448")
    c.poly([(m - 32, 66), (m - 28, 66), (m - 30, 68.5)], "#e39a9a")
    c.curve([(m + 40, 70), (m + 30, 80), (m + 4, 79), (m - 14, 74)], 5, "#efece6")


@drawn("Two cats on the roof", "cat animal pet roof night moon couple", ANIMALS, WALLPAPER)
def roof_cats(c: Canvas) -> None:
    c.fade("#1b2350", "#5a4a86", "#c9788a")
    c.stars(160, 8, bottom=60)
    c.glow(128, 30, 26, "#fff3c4")
    c.disc(128, 30, 13, "#fff6d8")
    c.poly([(-2, 101), (-2, 80), (c.middle, 62), (c.wide + 2, 80), (c.wide + 2, 101)], "#231a2e")
    for x, side in ((c.middle - 12, 1), (c.middle + 12, -1)):
        c.oval(x, 56, 7, 11, "#110d18")
        c.disc(x, 42, 6, "#110d18")
        c.poly([(x - 6, 41), (x - 5, 33), (x, 37)], "#110d18")
        c.poly([(x + 6, 41), (x + 5, 33), (x, 37)], "#110d18")
        c.curve([(x - side * 6, 64), (x - side * 14, 62), (x - side * 15, 52)], 2, "#110d18")


def dog(c: Canvas, fur: str, ears: str, *, y: float = 52) -> None:
    """A dog's head with hanging ears."""
    face(c, fur, y=y, size=29)
    for side in (-1, 1):
        c.oval(c.middle + side * 31, y + 2, 9, 21, ears, turn=side * -12)
    eyes(c, y - 5, 12, 3.2)
    c.oval(c.middle, y + 13, 15, 11, "#fff6ea")
    c.oval(c.middle, y + 7, 5, 3.6, "#2b2024")
    mouth(c, y + 12, 4)


@drawn("Spotted dog with a red collar", "dog animal pet puppy dalmatian spots black white", ANIMALS)
def spotted_dog(c: Canvas) -> None:
    c.fade("#d8ecff", "#b4d6f5")
    c.rect(c.middle - 18, 74, c.middle + 18, 101, "#f7f5f2")
    dog(c, "#fbfaf7", "#26242a")
    for dx, y, r in ((-16, 34, 4), (14, 30, 3), (20, 54, 4), (-22, 58, 3), (2, 26, 2.4)):
        c.disc(c.middle + dx, y, r, "#26242a")
    c.rect(c.middle - 19, 78, c.middle + 19, 84, "#d23c34", round_=2)
    c.disc(c.middle, 87, 4, "#f3c53c")


@drawn("Golden retriever on the beach", "dog animal pet retriever beach sea golden yellow", ANIMALS, WIDE)
def beach_dog(c: Canvas) -> None:
    c.fade("#8fd0f0", "#dff4ff", bottom=44)
    c.fade("#3f9fc9", "#7cc9dd", top=44, bottom=62)
    c.fade("#f4dfae", "#e3c588", top=62)
    c.disc(c.middle + 58, 18, 8, "#fff2b3")
    dog(c, "#e6b45c", "#c98f3a", y=54)
    c.oval(c.middle, 75, 4, 6, "#e0737c")


@drawn("Sleeping dachshund", "dog animal pet dachshund sleeping brown sofa", ANIMALS, WIDE)
def dachshund(c: Canvas) -> None:
    c.fade("#e9dccb", "#d4bfa4")
    c.rect(6, 62, c.wide - 6, 101, "#47738c", round_=8)
    c.blob([(30, 60), (60, 46), (104, 46), (124, 58), (118, 70), (60, 72)], "#8a4f2a")
    c.oval(34, 60, 18, 11, "#9a5c33")
    c.oval(20, 64, 9, 6, "#9a5c33")
    c.disc(12, 62, 2.6, "#2b2024")
    c.oval(42, 64, 7, 13, "#6b3a1d", turn=-20)
    c.arc(28, 57, 3.4, 20, 160, 1.1, "#2b2024")
    c.curve([(122, 60), (134, 56), (138, 48)], 2.6, "#8a4f2a")


@drawn("Fox cub in the ferns", "fox cub animal wildlife forest green orange", ANIMALS, WIDE)
def fox_cub(c: Canvas) -> None:
    c.fade("#2f6b45", "#7fb364")
    m = c.middle
    pair(c, [(26, 12), (8, 32), (28, 42)], "#d9682b")
    pair(c, [(23, 19), (13, 32), (24, 37)], "#33241f")
    c.oval(m, 52, 31, 25, "#e67d38")
    pair(c, [(2, 60), (29, 48), (22, 66), (0, 78)], "#fff3e6")
    eyes(c, 50, 12, 3.6)
    c.oval(m, 70, 4, 3.2, "#2b2024")
    for k in range(16):
        x = k * 10 - 4
        c.curve([(x, 102), (x + 3, 86), (x + 9, 76 + k % 3 * 3)], 2.2, "#23582f" if k % 2 else "#4f9450")


@drawn("Sleeping arctic fox", "fox arctic animal wildlife snow winter white", ANIMALS, WIDE)
def arctic_fox(c: Canvas) -> None:
    c.fade("#9fc3dd", "#e6f2fa")
    c.hills(72, 14, 6, "#f4faff")
    m = c.middle
    c.oval(m, 70, 44, 20, "#ffffff")
    c.oval(m + 22, 76, 30, 11, "#eaf1f7", turn=-8)
    c.oval(m - 26, 62, 19, 15, "#fdfeff")
    c.poly([(m - 40, 54), (m - 40, 42), (m - 30, 49)], "#eef4f9")
    c.poly([(m - 14, 53), (m - 15, 42), (m - 24, 48)], "#eef4f9")
    for x in (m - 32, m - 20):
        c.arc(x, 61, 3.6, 20, 160, 1.1, "#4c5763")
    c.oval(m - 26, 70, 3, 2.2, "#2b2f36")
    c.stars(70, 4, colour="#ffffff")


@drawn("Sunset over the sea", "sunset sea sun evening orange landscape", LAND, WALLPAPER)
def sea_sunset(c: Canvas) -> None:
    c.fade("#36285e", "#a8456e", "#f2794f", "#ffcf70", bottom=62)
    c.glow(c.middle, 60, 40, "#ffdf9a")
    c.pie(c.middle, 62, 15, 180, 360, "#fff0b4")
    c.fade("#d9614f", "#2b2350", top=62)
    chance = random.Random(3)
    for k in range(26):
        y = 64 + k * 1.4
        half = 4 + k * 0.7 * chance.random() + 3
        c.line([(c.middle - half, y), (c.middle + half, y)], 0.6, "#ffd98a")


@drawn("Sunset behind palm trees", "sunset palm beach tropical evening pink", LAND, TALL)
def palm_sunset(c: Canvas) -> None:
    c.fade("#3b2a6b", "#d4507f", "#ffb15e", bottom=80)
    c.disc(40, 58, 14, "#ffe9a3")
    c.fade("#8a3f6e", "#241b45", top=80)
    for x, top, lean in ((14, 34, 6), (52, 44, -5)):
        c.curve([(x, 86), (x + lean * 0.3, 62), (x + lean, top)], 2, "#1a1130")
        for angle in (-165, -130, -60, -20, 15, 165):
            a = math.radians(angle)
            tip = (x + lean + 15 * math.cos(a), top + 9 * math.sin(a) + 6)
            c.curve([(x + lean, top), (x + lean + 8 * math.cos(a), top + 7 * math.sin(a)), tip], 1.8, "#1a1130")


@drawn("Sunset in the savanna", "sunset savanna africa tree acacia orange landscape", LAND, WIDE)
def savanna_sunset(c: Canvas) -> None:
    c.fade("#c23a2b", "#f0792f", "#ffc556", bottom=76)
    c.disc(104, 56, 20, "#fff0a8")
    c.rect(0, 76, c.wide, 101, "#2a1710")
    c.curve([(46, 78), (47, 60), (42, 46)], 2.6, "#2a1710")
    c.curve([(47, 62), (54, 52), (62, 46)], 1.8, "#2a1710")
    c.oval(48, 40, 32, 7, "#2a1710")
    c.oval(62, 45, 18, 4, "#2a1710")


@drawn("Winter sunset in the mountains", "sunset mountains winter snow evening purple landscape", LAND, WIDE)
def mountain_sunset(c: Canvas) -> None:
    c.fade("#40356f", "#b5617f", "#ffb27a")
    c.disc(112, 50, 10, "#fff0c0")
    c.peaks(76, 44, 5, "#6b5a8f", count=5, snow="#ffd9cf")
    c.peaks(94, 28, 12, "#3a2f5c", count=7, snow="#e2c3d6")


def houses(c: Canvas, base: float, seed: int, walls: list[str], lit: str, *, low: float = 22, high: float = 56) -> None:
    """A row of houses with windows, some of them lit."""
    chance = random.Random(seed)
    x = -2.0
    while x < c.wide:
        wide = 9 + 9 * chance.random()
        top = base - low - (high - low) * chance.random()
        c.rect(x, top, x + wide, base, chance.choice(walls))
        row = top + 4
        while row < base - 5:
            column = x + 2
            while column < x + wide - 2.5:
                if chance.random() < 0.6:
                    c.rect(column, row, column + 1.6, row + 2.4, lit)
                column += 3.4
            row += 5
        x += wide + 0.6


@drawn("City by the river at dusk", "city skyline river dusk buildings lights purple", CITY, WALLPAPER)
def river_city(c: Canvas) -> None:
    c.fade("#2c2b5e", "#a0567f", "#f4a06a", bottom=66)
    houses(c, 66, 4, ["#2b2447", "#352b55", "#231d3b"], "#ffd98a")
    c.fade("#6b4266", "#1c1a3a", top=66)
    chance = random.Random(9)
    for _ in range(80):
        x, y = chance.random() * c.wide, 68 + 30 * chance.random()
        c.line([(x, y), (x + 3, y)], 0.5, "#ffd98a66")


@drawn("Old town with colourful houses", "city town houses street colourful old", CITY, WIDE)
def old_town(c: Canvas) -> None:
    c.fade("#9fd4f2", "#e9f7ff", bottom=80)
    for k, colour in enumerate(("#e2674f", "#f0b84a", "#6fae7b", "#4f8fb8", "#c9698f", "#e8d9b4")):
        x = 4 + k * 25
        c.rect(x, 36 - k % 2 * 6, x + 23, 84, colour)
        c.poly([(x - 1, 36 - k % 2 * 6), (x + 24, 36 - k % 2 * 6), (x + 11.5, 20 - k % 2 * 6)], "#8a4636")
        for row in (44, 58):
            for column in (4, 14):
                c.rect(x + column, row, x + column + 5, row + 8, "#fdf6e3")
        c.rect(x + 8, 70, x + 15, 84, "#5d4037", round_=1)
    c.rect(0, 84, c.wide, 101, "#b9ac98")


@drawn("City street in the rain", "city street rain night umbrella lights", CITY, TALL)
def rain_city(c: Canvas) -> None:
    c.fade("#141a33", "#2f3b63")
    houses(c, 72, 11, ["#1d2547", "#243056", "#182040"], "#ffcf70", low=30, high=64)
    c.fade("#2a3356", "#10142a", top=72)
    for x, colour in ((12, "#ffcf7066"), (34, "#e8504a66"), (54, "#6fd3e866")):
        c.rect(x, 73, x + 4, 98, colour)
    c.pie(36, 66, 9, 180, 360, "#d23c34")
    c.line([(36, 66), (36, 82)], 0.8, "#e9e4da")
    c.rect(32, 70, 38, 86, "#0d1024", round_=2)
    chance = random.Random(2)
    for _ in range(90):
        x, y = chance.random() * c.wide, chance.random() * 96
        c.line([(x, y), (x - 0.8, y + 4)], 0.3, "#b9cdf0")


@drawn("Bridge to the big city", "city bridge skyline river day blue", CITY, WIDE)
def bridge_city(c: Canvas) -> None:
    c.fade("#7fc0ea", "#e2f3fc", bottom=70)
    houses(c, 70, 21, ["#8fa6bd", "#7c94ad", "#a3b7c9"], "#e8f2fa", low=14, high=44)
    c.fade("#4c93bf", "#2f6c98", top=70)
    c.rect(0, 68, c.wide, 72, "#b5482f")
    for x in (40, 112):
        c.rect(x - 2, 30, x + 2, 88, "#c9553a")
    for left, right in ((-32, 40), (40, 112), (112, 184)):
        middle = (left + right) / 2
        c.curve([(left, 32), (middle, 62), (right, 32)], 0.9, "#c9553a")


@drawn("Bowl of ramen", "food ramen noodles soup japanese egg dinner", FOOD)
def ramen(c: Canvas) -> None:
    c.ground("#e8d3b4")
    c.disc(50, 52, 40, "#b5362c")
    c.disc(50, 50, 35, "#d98f3e")
    for k in range(7):
        c.arc(44 + k * 2, 52, 12 + k * 2.4, 20 + k * 8, 230 + k * 6, 1.8, "#f6dfa0")
    c.oval(36, 40, 10, 8, "#fffaf0")
    c.disc(36, 40, 4.6, "#f5a92e")
    c.rect(58, 26, 70, 48, "#2f4a35", round_=2)
    for x, y in ((62, 62), (54, 68), (66, 70), (46, 64)):
        c.disc(x, y, 1.8, "#5f9a4a")
    c.line([(96, 14), (64, 46)], 1.6, "#6b4630")
    c.line([(100, 20), (68, 50)], 1.6, "#6b4630")


@drawn("Stack of pancakes", "food pancakes breakfast sweet syrup berries", FOOD)
def pancakes(c: Canvas) -> None:
    c.fade("#fdebd3", "#f6d3aa")
    c.oval(50, 84, 42, 9, "#f7f4ef")
    for y in (80, 72, 64, 56, 48):
        c.oval(50, y, 30, 8, "#b8722f")
        c.oval(50, y - 2, 30, 8, "#e6ac58")
    c.blob([(26, 44), (50, 38), (74, 44), (78, 60), (70, 52), (62, 66), (54, 50), (40, 62), (30, 50)], "#8a4a1ad0")
    c.rect(44, 36, 56, 43, "#fff1a8", round_=1)
    for x, y in ((34, 42), (40, 37), (66, 41)):
        c.disc(x, y, 3.4, "#3f4f9c")


@drawn("Sushi on a board", "food sushi japanese fish rice dinner", FOOD, WIDE)
def sushi(c: Canvas) -> None:
    c.ground("#d9c7a8")
    c.rect(10, 30, c.wide - 10, 78, "#7a5236", round_=3)
    for k in range(3):
        x = 24 + k * 34
        c.oval(x + 8, 58, 14, 8, "#fbfaf4")
        c.oval(x + 8, 51, 15, 7, "#f2785a")
        for dx in (-6, 0, 6):
            c.line([(x + 6 + dx, 46), (x + 10 + dx, 56)], 0.8, "#ffd1c0")
    for k in range(2):
        c.disc(126 + k * 0, 44 + k * 20, 9, "#1f3327")
        c.disc(126, 44 + k * 20, 7, "#fbfaf4")
        c.disc(126, 44 + k * 20, 3, "#6fae5a" if k else "#f2785a")


@drawn("Cheeseburger", "food burger hamburger cheese lunch", FOOD)
def burger(c: Canvas) -> None:
    c.fade("#fff0d6", "#ffd9a0")
    c.pie(50, 46, 32, 180, 360, "#d98f3e")
    for x, y in ((36, 30), (48, 24), (60, 29), (66, 38), (42, 38)):
        c.oval(x, y, 1.8, 1.1, "#fff3d6")
    c.curve([(17, 50), (28, 55), (40, 49), (52, 55), (64, 49), (76, 55), (84, 50)], 4, "#6fae4a")
    c.rect(18, 54, 82, 60, "#d23c34", round_=2)
    c.poly([(18, 60), (82, 60), (70, 68), (60, 61), (44, 69), (34, 61)], "#f7c53c")
    c.rect(17, 62, 83, 73, "#6b3a20", round_=4)
    c.rect(18, 75, 82, 87, "#d98f3e", round_=6)


@drawn("Orchid in a pot", "flower orchid purple plant house", FLOWERS, TALL)
def orchid(c: Canvas) -> None:
    c.fade("#f2ecf6", "#dccfe6")
    c.poly([(22, 80), (46, 80), (43, 97), (25, 97)], "#b5673a")
    c.blob([(34, 82), (14, 74), (6, 66), (20, 70)], "#4f8a4a")
    c.blob([(34, 82), (52, 74), (62, 68), (48, 78)], "#5f9a55")
    c.curve([(34, 82), (30, 54), (38, 30), (52, 18)], 1.2, "#6b8f4a")
    for x, y, size in ((36, 34, 9), (30, 52, 10), (48, 20, 7)):
        c.petals(x, y, 5, size, size * 0.36, "#b25fc4", turn=-90)
        c.disc(x, y, size * 0.24, "#f6d24a")


@drawn("Bouquet of wild flowers", "flower bouquet wild colourful summer gift", FLOWERS)
def bouquet(c: Canvas) -> None:
    c.fade("#e2f2ea", "#bfe0d0")
    for x in (34, 42, 50, 58, 66):
        c.line([(x, 42), (50, 84)], 1, "#4f8a4a")
    c.poly([(38, 66), (62, 66), (56, 98), (44, 98)], "#f4e4c8")
    c.rect(40, 70, 60, 74, "#d9577a", round_=1)
    chance = random.Random(7)
    for x, y in ((30, 36), (44, 26), (58, 28), (70, 38), (38, 46), (52, 42), (62, 50), (48, 54)):
        colour = chance.choice(["#e8504a", "#f5c23c", "#7a6fd8", "#ffffff", "#e88fb8"])
        c.petals(x, y, 7, 9, 2.6, colour, turn=chance.random() * 50)
        c.disc(x, y, 2.6, "#f0a52e")


@drawn("Red rose in the rain", "flower rose red rain drops romantic", FLOWERS, TALL)
def red_rose(c: Canvas) -> None:
    c.fade("#39485c", "#7c8da0")
    c.curve([(33, 100), (35, 74), (33, 50)], 2, "#3f7a45")
    c.blob([(34, 78), (48, 68), (56, 72), (46, 82)], "#4f8f50")
    for radius, colour in ((20, "#8f1a2a"), (16, "#b5253a"), (11, "#cf3a4a"), (6, "#e25a64")):
        c.petals(33, 38, 6, radius, radius * 0.5, colour, turn=radius * 7)
        c.disc(33, 38, radius * 0.55, colour)
    chance = random.Random(4)
    for _ in range(60):
        x, y = chance.random() * c.wide, chance.random() * 98
        c.line([(x, y), (x - 0.6, y + 3)], 0.3, "#d6e4f0")


@drawn("Astronaut above the earth", "space astronaut earth stars night blue", SKY, WIDE)
def astronaut(c: Canvas) -> None:
    c.ground("#070b1e")
    c.stars(190, 17)
    c.glow(34, 112, 74, "#5fb4ff", strength=6)
    c.disc(34, 112, 58, "#2f77b8")
    for x, y, a, d in ((14, 74, 16, 6), (44, 66, 14, 5), (60, 88, 16, 7), (24, 92, 12, 6)):
        c.oval(x, y, a, d, "#5fa86a", turn=-12)
    c.rect(98, 46, 118, 72, "#e9edf2", round_=5)
    c.disc(108, 36, 12, "#f4f6f9")
    c.oval(108, 37, 8, 7, "#2b3a5c")
    c.oval(105, 34, 2.6, 1.6, "#9fc0ea")
    c.line([(98, 52), (86, 46), (80, 36)], 6, "#e9edf2")
    c.line([(118, 52), (130, 58), (136, 52)], 6, "#e9edf2")
    c.line([(103, 72), (100, 90)], 7, "#dde3ea")
    c.line([(113, 72), (120, 88)], 7, "#dde3ea")
    c.rect(103, 52, 113, 60, "#b9c4d2", round_=1)


@drawn("Purple nebula", "space nebula stars purple pink night astronomy", SKY, WALLPAPER)
def nebula(c: Canvas) -> None:
    c.fade("#0b0720", "#1a0f3a", "#0b0720")
    chance = random.Random(23)
    for k in range(46):
        x = c.wide * k / 45
        y = 50 + 22 * math.sin(k / 7) + 10 * (chance.random() - 0.5)
        colour = chance.choice(["#8a4fd8", "#d84f9a", "#4f7ad8", "#e88fb8"])
        c.glow(x, y, 10 + 12 * chance.random(), colour, rings=8, strength=7)
    c.stars(320, 29)


@drawn("Space station in orbit", "space station orbit satellite earth stars", SKY, WIDE)
def station(c: Canvas) -> None:
    c.fade("#060a1c", "#14254a")
    c.stars(160, 37)
    c.disc(c.middle, 170, 90, "#3f86c4")
    c.rect(36, 44, 116, 50, "#b9c4d2", round_=2)
    c.rect(66, 38, 86, 56, "#e2e7ee", round_=3)
    for x in (24, 46, 92, 114):
        for top in (20, 56):
            c.rect(x, top, x + 14, top + 18, "#2f4f9c")
            for k in (1, 2):
                c.line([(x, top + k * 6), (x + 14, top + k * 6)], 0.4, "#8fb0ea")
        c.line([(x + 7, 38), (x + 7, 56)], 0.8, "#b9c4d2")


@drawn("Cosy tabby kitten with a ball of wool", "cat kitten animal pet tabby wool ball pink", ANIMALS, SQUARE)
def kitten(c: Canvas) -> None:
    c.fade("#fbe6ee", "#f3c4d6")
    pair(c, [(27, 18), (7, 32), (27, 48)], "#c9a27a")
    pair(c, [(24, 25), (12, 34), (24, 42)], "#f0b8b0")
    face(c, "#dab78e", y=54, size=28)
    for dx in (-8, 0, 8):
        c.line([(50 + dx, 28), (50 + dx * 0.7, 36)], 2, "#9c7650")
    eyes(c, 52, 12, 3.8)
    c.oval(50, 64, 11, 7, "#fff8f0")
    c.poly([(47.4, 60), (52.6, 60), (50, 63)], "#d9747a")
    mouth(c, 63, 3.4)
    whiskers(c, 63)
    c.disc(76, 84, 13, "#d9577a")
    for k in range(4):
        c.arc(76, 84, 3 + k * 3, 30 * k, 200 + 30 * k, 0.9, "#f0a0b8")
    c.curve([(64, 88), (46, 94), (24, 90), (10, 96)], 1, "#d9577a")
