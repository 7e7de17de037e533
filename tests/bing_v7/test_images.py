"""One function knows where an answer holds pictures: by the contract's types, so that no field can be forgotten."""

from typing import Any

from pydantic import create_model

from bot.bing_v7 import (
    AggregateOffer,
    Category,
    Image,
    ImageAnswer,
    ImageGallery,
    ImageInsights,
    ImagesModule,
    InsightsMetadata,
    Offer,
    Organization,
    Person,
    Query,
    Recipe,
    RecipesModule,
    RecognizedEntitiesModule,
    RecognizedEntity,
    RecognizedEntityGroup,
    RecognizedEntityRegion,
    RelatedCollectionsModule,
    Thing,
    Tile,
    TrendingImages,
)
from bot.bing_v7._model import V7Model
from bot.bing_v7.images import images_of, map_images


def picture(name: str) -> Image:
    return Image(name=name, image_insights_token=name)


PERSON = Person(name="Ada", image=picture("person"))
SHOP = Organization(name="Shop", image=picture("shop"))
INSIGHTS = ImageInsights(
    related_collections=RelatedCollectionsModule(
        value=(ImageGallery(image=picture("gallery"), creator=Person(image=picture("creator"))),)
    ),
    pages_including=ImagesModule(
        value=(
            picture("page").with_(
                image=picture("inside"),
                provider=(Thing(image=picture("publisher")),),
                insights_metadata=InsightsMetadata(aggregate_offer=AggregateOffer(seller=SHOP)),
            ),
        )
    ),
    shopping_sources=AggregateOffer(offers=(Offer(image=picture("offer")),)),
    recipes=RecipesModule(value=(Recipe(creator=Person(image=picture("cook"))),)),
    visually_similar_images=ImagesModule(value=(picture("similar"),)),
    visually_similar_products=ImagesModule(value=(picture("product"),)),
    recognized_entity_groups=RecognizedEntitiesModule(
        value=(
            RecognizedEntityGroup(
                recognized_entity_regions=(
                    RecognizedEntityRegion(matching_entities=(RecognizedEntity(entity=PERSON),)),
                )
            ),
        )
    ),
)
EVERYWHERE = {
    "gallery", "creator", "page", "inside", "publisher", "shop", "offer", "cook", "similar", "product", "person",
}  # fmt: skip


def test_every_picture_of_a_lookup_is_found() -> None:
    assert {image.name for image in images_of(INSIGHTS)} == EVERYWHERE
    assert [image.name for image in images_of(INSIGHTS, results_only=True)] == ["page", "similar", "product"]


def test_every_picture_is_changed_and_nothing_else() -> None:
    def renamed(image: Image) -> Image:
        return image.with_(image_insights_token=None)

    bare = map_images(INSIGHTS, renamed)
    assert {image.image_insights_token for image in images_of(bare)} == {None}
    assert [image.name for image in images_of(bare)] == [image.name for image in images_of(INSIGHTS)]
    assert map_images(INSIGHTS, lambda image: image) is INSIGHTS


def test_what_is_taken_out_leaves_no_trace() -> None:
    """A tile goes with its picture, a person stays without one, and a field that is gone is not written as null."""
    trends = TrendingImages(
        categories=(Category(title="now", tiles=(Tile(query=Query(text="x"), image=picture("x")),)),)
    )
    assert map_images(trends, lambda _: None).categories[0].tiles == ()
    assert map_images(ImageAnswer(value=(picture("a"), picture("b"))), _not_a).to_wire()["value"] == [
        {"name": "b", "imageInsightsToken": "b"}
    ]
    assert map_images(RecognizedEntity(entity=PERSON), lambda _: None).to_wire() == {"entity": {"name": "Ada"}}


def _not_a(image: Image) -> Image | None:
    return None if image.name == "a" else image


def test_a_field_that_is_added_to_the_contract_is_visited() -> None:
    tomorrow: Any = create_model("Tomorrow", __base__=V7Model, covers=(tuple[Person, ...] | None, None))
    assert [image.name for image in images_of(tomorrow(covers=(PERSON,)))] == ["person"]
