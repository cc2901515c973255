"""Files that bots send: uploaded with the call, or named by the id of one already here; and how bots fetch them."""

from channels.messenger.errors import bad_request
from channels.messenger.images import image_size
from channels.messenger.methods.call import Call
from channels.messenger.model import JSON, StoredFile
from channels.messenger.views import media_json
from channels.messenger.wire import Upload

UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
NOUNS = {"photo": "Photo", "document": "Document", "voice": "Voice", "video_note": "VideoNote", "sticker": "Sticker"}


def sent_file(call: Call, kind: str) -> StoredFile:
    """The file of a call whose parameter has the name of its kind."""
    return _resolved(call, kind, call.params.upload(kind), call.params.text(kind))


def _resolved(call: Call, kind: str, upload: Upload | None, reference: str) -> StoredFile:
    if upload is not None:
        _check_upload(kind, upload.content)
        return call.world.keep_file(kind, upload.name, upload.mime, upload.content)
    if not reference or reference.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    found = call.world.files.get(reference)
    if found is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if found.kind != kind:
        raise bad_request(f"can't use file of type {NOUNS.get(found.kind, 'Document')} as {NOUNS[kind]}")
    return found


def _check_upload(kind: str, content: bytes) -> None:
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > (PHOTO_LIMIT if kind == "photo" else UPLOAD_LIMIT):
        raise bad_request(f"file is too big for a {kind}")
    if kind == "photo" and image_size(content) is None:
        raise bad_request("IMAGE_PROCESS_FAILED")


def photo_sizes(file: StoredFile) -> list[JSON]:
    """A photo as the list of its sizes: here always the one that was sent."""
    return [media_json(file)]


def album_items(call: Call) -> list[tuple[JSON, JSON]]:
    """The items of `media`: content of each message, and the item itself for its caption."""
    given = call.params.structure("media")
    if not isinstance(given, list) or not 2 <= len(given) <= 10:
        raise bad_request("wrong number of media in the album: 2 to 10 expected")
    return [(_album_content(call, item), item) for item in given]


def _album_content(call: Call, item: object) -> JSON:
    if not isinstance(item, dict) or item.get("type") not in ("photo", "document"):
        raise bad_request("can't parse InputMedia: only photos and documents are supported here")
    kind, reference = str(item["type"]), str(item.get("media", ""))
    upload = call.params.uploads.get(reference.removeprefix("attach://"))
    file = _resolved(call, kind, upload, reference)
    return {"photo": photo_sizes(file)} if kind == "photo" else {"document": media_json(file)}


def get_file(call: Call) -> JSON:
    """getFile."""
    file = call.world.files.get(call.params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    shown = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    return {**shown, "file_path": file.path}
