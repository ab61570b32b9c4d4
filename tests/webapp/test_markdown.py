from __future__ import annotations

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp import markdown as module
from webapp.markdown import MARKS, markdown


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("Told her I'll ring", "<p>Told her I'll ring</p>"),
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("**bold** and _soft_", "<p><strong>bold</strong> and <em>soft</em></p>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>\n"),
        ("pay > 30", "<p>pay &gt; 30</p>"),
        ("<b>no</b>", "<p>&lt;b&gt;no&lt;/b&gt;</p>\n"),
        (
            "![pic](https://x.example/p.png)",
            '<p>!<a href="https://x.example/p.png" rel="noopener noreferrer nofollow">pic</a></p>\n',
        ),
        ("[go](javascript:alert(1))", "<p>[go](javascript:alert(1))</p>\n"),
        ("[go](data:text/html,x)", "<p>[go](data:text/html,x)</p>\n"),
    ],
)
def test_a_note_as_html(words: str, html: str) -> None:
    assert markdown(words) == html


@given(st.text(alphabet="ab1.)-+=>#*_`~|[]()<!&:/\\\"' \n\t\u00a0é", max_size=40))
def test_the_fast_path_says_what_the_slow_one_says(words: str) -> None:
    """Only the HTML that a browser shows counts: entities and blanks between blocks may be written differently."""

    def plain(html: str) -> str:
        return " ".join(nh3.clean(html).replace("&nbsp;", "\u00a0").replace("<br>\n", "<br>").split())

    slow = nh3.clean(module.MARKDOWN.render(words.strip()))

    if not MARKS.search(words.strip()):
        assert plain(markdown(words.strip())) == plain(slow)


@given(st.text(max_size=200))
def test_nothing_but_the_allowed_tags_comes_out(words: str) -> None:
    html = markdown(words)

    assert nh3.clean(html, tags=module.TAGS, attributes=module.ATTRIBUTES, link_rel=None) is not None
    assert "<script" not in html.lower()
