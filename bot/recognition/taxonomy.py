"""Groups of ImageNet's 1,000 classes: what a statement about a picture may be.

A classifier of 1,000 classes has never heard of most things, and names their nearest relative instead: a lime is a
lemon to it, a kangaroo a wallaby, a dachshund a coonhound. So what is said is never one of its classes as such but a
group in which relatives stand together, and the probabilities of a group's classes are summed up. Groups are in one
another from broad to narrow; the narrowest that is sure is what is said. Class numbers are those of ILSVRC 2012. No
group is a person, a uniform or anything else that says who somebody is.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

CLASSES = 1000


class Group(NamedTuple):
    """Classes that may be named together.

    Attributes:
        name: key of its words, ``thing-...`` in the message catalogues.
        within: the broader group, empty for the broadest.
        kind: one of the contract's kinds of depictions.
        classes: class numbers and ranges, ``"2-4 973"``.
    """

    name: str
    within: str
    kind: str
    classes: str


GROUPS = (
    Group("animal", "", "animal", "0-397"),
    Group("mammal", "animal", "animal", "101-106 147-299 330-388"),
    Group("dog", "mammal", "animal", "151-268 273"),
    Group("wild-dog", "mammal", "animal", "269-272 274-275"),
    Group("hyena", "mammal", "animal", "276"),
    Group("fox", "mammal", "animal", "277-280"),
    Group("cat", "mammal", "animal", "281-285"),
    Group("big-cat", "mammal", "animal", "286-293"),
    Group("lion", "big-cat", "animal", "291"),
    Group("tiger", "big-cat", "animal", "292"),
    Group("bear", "mammal", "animal", "294-297"),
    Group("polar-bear", "bear", "animal", "296"),
    Group("meerkat", "mammal", "animal", "298-299"),
    Group("rabbit", "mammal", "animal", "330-332"),
    Group("rodent", "mammal", "animal", "333 335-338"),
    Group("squirrel", "rodent", "animal", "335"),
    Group("porcupine", "mammal", "animal", "334"),
    Group("horse", "mammal", "animal", "339"),
    Group("zebra", "mammal", "animal", "340"),
    Group("pig", "mammal", "animal", "341-343"),
    Group("hippopotamus", "mammal", "animal", "344"),
    Group("cattle", "mammal", "animal", "345-347"),
    Group("sheep-goat", "mammal", "animal", "348-350"),
    Group("antelope-deer", "mammal", "animal", "351-353"),
    Group("camel-llama", "mammal", "animal", "354-355"),
    Group("marten", "mammal", "animal", "356-362"),
    Group("armadillo", "mammal", "animal", "363"),
    Group("sloth", "mammal", "animal", "364"),
    Group("primate", "mammal", "animal", "365-384"),
    Group("ape", "primate", "animal", "365-369"),
    Group("monkey", "primate", "animal", "370-382"),
    Group("elephant", "mammal", "animal", "101 385-386"),
    Group("red-panda", "mammal", "animal", "387"),
    Group("giant-panda", "mammal", "animal", "388"),
    Group("kangaroo", "mammal", "animal", "104"),
    Group("koala", "mammal", "animal", "105"),
    Group("whale", "mammal", "animal", "147-148"),
    Group("seal", "mammal", "animal", "149-150"),
    Group("bird", "animal", "animal", "7-24 80-100 127-146"),
    Group("chicken", "bird", "animal", "7-8"),
    Group("ostrich", "bird", "animal", "9"),
    Group("songbird", "bird", "animal", "10-20 92 94-95"),
    Group("bird-of-prey", "bird", "animal", "21-23"),
    Group("owl", "bird", "animal", "24"),
    Group("fowl", "bird", "animal", "80-83 85-86"),
    Group("peafowl", "bird", "animal", "84"),
    Group("parrot", "bird", "animal", "87-90"),
    Group("duck-goose", "bird", "animal", "97-100"),
    Group("wading-bird", "bird", "animal", "127-135 139-143"),
    Group("flamingo", "wading-bird", "animal", "130"),
    Group("pelican", "bird", "animal", "144"),
    Group("penguin", "bird", "animal", "145"),
    Group("fish", "animal", "animal", "0-6 389-397"),
    Group("shark", "fish", "animal", "2-4"),
    Group("ray", "fish", "animal", "5-6"),
    Group("reptile", "animal", "animal", "33-50 52-68"),
    Group("turtle", "reptile", "animal", "33-37"),
    Group("lizard", "reptile", "animal", "38-48"),
    Group("crocodile", "reptile", "animal", "49-50"),
    Group("snake", "reptile", "animal", "52-68"),
    Group("amphibian", "animal", "animal", "25-32"),
    Group("frog", "amphibian", "animal", "30-32"),
    Group("insect", "animal", "animal", "300-326"),
    Group("beetle", "insect", "animal", "300-307"),
    Group("bee-fly", "insect", "animal", "308-309"),
    Group("ant", "insect", "animal", "310"),
    Group("grasshopper", "insect", "animal", "311-312"),
    Group("mantis", "insect", "animal", "313 315"),
    Group("dragonfly", "insect", "animal", "319-320"),
    Group("butterfly", "insect", "animal", "321-326"),
    Group("spider", "animal", "animal", "70 72-78"),
    Group("scorpion", "animal", "animal", "71"),
    Group("sea-animal", "animal", "animal", "0-6 33-34 65 107-110 112 115-125 147-150 327-329 389-397"),
    Group("jellyfish", "sea-animal", "animal", "107"),
    Group("coral", "sea-animal", "animal", "108-109"),
    Group("crab", "sea-animal", "animal", "118-121 125"),
    Group("lobster", "sea-animal", "animal", "122-124"),
    Group("starfish", "sea-animal", "animal", "327"),
    Group("snail", "animal", "animal", "112-114"),
    Group("plant", "", "plant", "580 738 936-957 984-998"),
    Group("flower", "plant", "plant", "984-986"),
    Group("mushroom", "plant", "plant", "947 991-997"),
    Group("fruit-vegetable", "plant", "food", "936-946 948-957 987-990"),
    Group("fruit", "fruit-vegetable", "food", "948-957 989"),
    Group("citrus", "fruit", "food", "950-951"),
    Group("berry", "fruit", "food", "949"),
    Group("banana", "fruit", "food", "954"),
    Group("pineapple", "fruit", "food", "953"),
    Group("vegetable", "fruit-vegetable", "food", "936-946"),
    Group("cabbage", "vegetable", "food", "936-938"),
    Group("squash", "vegetable", "food", "939-942"),
    Group("pepper", "vegetable", "food", "945"),
    Group("chestnut", "fruit-vegetable", "food", "988 990"),
    Group(
        "cooking", "", "food",
        "415 441 469 503-505 521 544 567 572 618 659 666 809 813 827 891 909-910 923-938 959-969",
    ),
    Group("dish", "cooking", "food", "923-935 959-965 809 415"),
    Group("soup-stew", "dish", "food", "809 925-926"),
    Group("bread", "dish", "food", "415 930-932 961"),
    Group("pizza", "dish", "food", "963"),
    Group("pasta", "dish", "food", "959"),
    Group("burger", "dish", "food", "933-934"),
    Group("ice-cream", "dish", "food", "928-929"),
    Group("dip", "dish", "food", "924"),
    Group("drink", "cooking", "food", "441 503-505 572 966-969"),
    Group(
        "building", "", "place",
        "415 424-425 437 442 449 454 467 483 497-498 500 509 525 538 580 582 624 634 649 660 663 668 682 698 727 743"
        " 762 788 821 832 839 853 858 860 865 873 884 888 900 915",
    ),
    Group("religious-building", "building", "place", "497 538 663 668 832"),
    Group("church", "religious-building", "place", "497 663"),
    Group("mosque", "religious-building", "place", "668"),
    Group("castle-palace", "building", "place", "483 698"),
    Group("tower", "building", "place", "437 442 682 900"),
    Group("lighthouse", "tower", "place", "437"),
    Group("bridge", "building", "place", "821 839 888"),
    Group("shop", "building", "place", "415 424 454 467 509 582 788 860 865"),
    Group("standing-stone", "building", "place", "649"),
    Group("cliff-dwelling", "building", "place", "500"),
    Group("landscape", "", "place", "460 718 970 972 974-980"),
    Group("coast", "landscape", "place", "460 718 975-978"),
    Group("mountains", "landscape", "place", "970 972 979-980"),
    Group(
        "vehicle", "", "product",
        "403-405 407-408 436 444 468 472 484 510-511 547 554-555 565 569 573 575-576 603 609 612 625 627-628 654 656"
        " 661 665 670-671 675 690 705 717 724 734 751 757 779-780 802-803 812 814 817 820 829 833 847 864 866-867"
        " 871 874 880 895 914 466",
    ),
    Group("car", "vehicle", "product", "407 436 468 511 609 627 656 661 717 751 817"),
    Group("truck-bus", "vehicle", "product", "555 569 654 675 734 757 779 864 867 874"),
    Group("train", "vehicle", "product", "466 547 565 705 820 829"),
    Group("bicycle", "vehicle", "product", "444 671 880"),
    Group("motorcycle", "vehicle", "product", "665 670"),
    Group("boat", "vehicle", "product", "403 472 484 510 554 576 625 628 724 780 814 871 914"),
    Group("aircraft", "vehicle", "product", "404-405 895"),
    Group("carriage", "vehicle", "product", "603 612 690"),
    Group("screen", "", "other", "508 527 620 664 681 782 851 916"),
    Group("web-page", "screen", "other", "916"),
    Group("printed-page", "", "other", "611 917-918 921-922"),
    Group("comic", "printed-page", "artwork", "917"),
    Group("clock", "", "product", "409 530-531 604 826 835 892"),
    Group("phone", "", "product", "487 528 590 605 707"),
    Group("camera", "", "product", "622 732 759"),
    Group(
        "instrument", "", "product",
        "401-402 420 432 486 513 541 546 558 566 577 579 593-594 642 683 684 687 699 776 822 875 881 889",
    ),
    Group("guitar", "instrument", "product", "402 420 546"),
    Group("piano", "instrument", "product", "579 881"),
    Group("violin", "instrument", "product", "486 889"),
    Group("furniture", "", "product", "423 431 453 493 495 516 520 526 532 548 553 559 564 703 736 765 831 857 894"),
    Group("chair", "furniture", "product", "423 559 703 765 857"),
    Group("lamp", "", "product", "619 818 846"),
    Group(
        "clothing", "", "product",
        "399 411 445 457 459 474 501 552 568 578 601 608 610 614 638-639 655 689 697 735 775 834 841-842 869 906",
    ),
    Group("hat", "", "product", "439 452 515 518 560 667 715 808"),
    Group("shoe", "", "product", "502 514 630 770 774 788"),
    Group("bag", "", "product", "414 636 748 893"),
    Group("ball", "", "product", "429-430 522 574 722 768 805 852 890"),
    Group("bottle", "", "product", "440 720 737 898-899 901 907 711"),
    Group("umbrella", "", "product", "879"),
    Group("balloon", "", "product", "417"),
    Group("teddy-bear", "", "product", "850"),
    Group("candle", "", "product", "470"),
    Group("vase", "", "product", "883"),
)  # fmt: skip
"""Broader groups come before their members."""

BY_NAME = {group.name: group for group in GROUPS}


def numbers(classes: str) -> list[int]:
    """Read class numbers and ranges."""
    spans = [part.partition("-") for part in classes.split()]
    return [number for first, _, last in spans for number in range(int(first), int(last or first) + 1)]


@cache
def members() -> NDArray[np.float32]:
    """Which class belongs to which group, ``float32 [groups, classes]`` of 0 and 1."""
    matrix = np.zeros((len(GROUPS), CLASSES), dtype=np.float32)
    for row, group in enumerate(GROUPS):
        matrix[row, numbers(group.classes)] = 1
    return matrix


@cache
def depths() -> NDArray[np.int64]:
    """How narrow each group is: 0 for the broadest."""
    return np.array([_depth(group) for group in GROUPS])


def _depth(group: Group) -> int:
    return 0 if not group.within else 1 + _depth(BY_NAME[group.within])
