"""Photos of the broken part: taken in, shown small and large, taken away and brought back."""

from typing import Any

from loyalapp import sdk

from . import photos
from .views import pages

_ = sdk.texts("issues").gettext


class PhotoForm(sdk.Form):
    """Only its token: the files come beside it."""


@pages.post("/<int:problem_id>/photos")
def photo_add(problem_id: int) -> Any:
    """Keep the photos that were chosen; those that cannot be kept are named with the reason."""
    form = PhotoForm()
    if not form.validate():
        raise sdk.LoyalAppError(_("This page is too old. Please open it once more and try again."))
    chosen = [one for one in sdk.request.files.getlist("photo")[: photos.MOST + 1] if one.filename]
    try:
        for upload in chosen:
            photos.add(problem_id, upload.stream.read(photos.LARGEST + 1))
        if chosen:
            sdk.note(_("Saved. The photos go along when the problem is handed to somebody."))
        else:
            sdk.note(_("Please choose a photo first."), is_trouble=True)
    except sdk.NotFound:
        raise
    except sdk.LoyalAppError as error:
        sdk.db.session.rollback()
        sdk.note(f"{sdk.isolate_text(sdk.plain(upload.filename or '')[:60])} · {error}", is_trouble=True)
    finally:
        for upload in sdk.request.files.getlist("photo"):
            upload.close()
    return _back(problem_id)


@pages.get("/photos/<int:photo_id>")
@sdk.private_page
def photo(photo_id: int) -> Any:
    """The photo as it is kept."""
    return _sent(photos.shown(photo_id, is_small=False))


@pages.get("/photos/<int:photo_id>/small")
@sdk.private_page
def photo_small(photo_id: int) -> Any:
    """The photo for the page of its problem."""
    return _sent(photos.shown(photo_id, is_small=True))


def _sent(shown: photos.Shown) -> Any:
    """As a picture and as nothing else, whatever it may look like to a browser."""
    answer = sdk.send_bytes(shown.content, shown.mimetype)
    answer.headers["Content-Disposition"] = f'inline; filename="{shown.name}"'
    return answer


@pages.post("/photos/<int:photo_id>/remove")
def photo_remove(photo_id: int) -> Any:
    """Take a photo away."""
    problem_id = photos.remove(photo_id)
    sdk.note(_("The photo was removed."), undo=sdk.url_for("issues.photo_bring_back", photo_id=photo_id))
    return _back(problem_id)


@pages.post("/photos/<int:photo_id>/bring-back")
def photo_bring_back(photo_id: int) -> Any:
    """Undo of that."""
    problem_id = photos.bring_back(photo_id)
    sdk.note(_("It is as it was before."))
    return _back(problem_id)


def _back(problem_id: int) -> Any:
    return sdk.redirect_to("issues.show", problem_id=problem_id, _anchor="photos")
