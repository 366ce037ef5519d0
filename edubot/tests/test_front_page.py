"""Where somebody lands who types the bare address."""


def test_a_first_look_begins_with_the_phone(client):
    assert client.get("/").url == "/simulator/"


def test_the_browser_finds_an_icon(client):
    assert client.get("/favicon.ico").url.endswith(".svg")
