"""Reading pack files: YAML without surprises, Markdown pages with sections."""

from pathlib import Path

import pytest

from services.pack_files import PackFile, mapping, open_file, read_page
from services.pack_models import PackError

PAGE = """---
question: How?
variants: [a, b]
---
First line
and second.

## steps
1. One.
2. Two.

## documents
- A paper
* Another
"""


def test_a_page_is_split_into_front_matter_answer_and_sections() -> None:
    front, content = read_page(PackFile("page.md", PAGE))
    assert front.first_line == 1
    assert content == {
        "question": "How?",
        "variants": ["a", "b"],
        "short": "First line and second.",
        "steps": ["One.", "Two."],
        "documents": ["A paper", "Another"],
    }


def test_an_unknown_section_is_named_with_its_line() -> None:
    with pytest.raises(PackError) as refused:
        read_page(PackFile("page.md", PAGE.replace("## documents", "## papers")))
    assert (refused.value.faults[0].line, refused.value.faults[0].file) == (12, "page.md")
    assert "documents" in refused.value.faults[0].mend


@pytest.mark.parametrize("text", ["no front matter", "---\nquestion: How?\n", "x\n---\na: b\n---\n"])
def test_a_page_without_front_matter_is_refused(text: str) -> None:
    with pytest.raises(PackError, match="no front matter"):
        read_page(PackFile("page.md", text))


def test_only_true_and_false_are_booleans() -> None:
    content = mapping(PackFile("x.yaml", "on: yes\nno: off\ncity: true\ntown: false\n"))
    assert content == {"on": "yes", "no": "off", "city": True, "town": False}


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words", ""])
def test_a_file_must_hold_keys_with_values(text: str) -> None:
    with pytest.raises(PackError, match="keys with values expected"):
        mapping(PackFile("x.yaml", text))


def test_tags_that_would_build_objects_are_refused() -> None:
    with pytest.raises(PackError, match="broken YAML"):
        mapping(PackFile("x.yaml", "a: !!python/object/apply:os.getcwd []\n"))


def test_a_file_that_is_not_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PackError, match="not UTF-8"):
        open_file(tmp_path, "pack.yaml")
