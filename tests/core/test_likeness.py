"""Which of several names with the same consonants is nearest to what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalapp.core.likeness import distance
from loyalapp.core.textkeys import norm

CLOSE = 1.0


@pytest.mark.parametrize(
    ("typed", "meant", "others"),
    [
        ("Ayesha", "عائشہ", "اوشا آشا"),
        ("عائشہ", "आयशा", "उषा आशा ईशा"),
        ("आयशा", "Ayesha", "Usha Asha Isha"),
        ("Imran", "عمران", "امرین"),
        ("Hassan", "حسن", "حسین"),
        ("Salim", "सलीम", "सलमा सलाम"),
        ("Rashida", "راشدہ", "رشید راشد"),
        ("जमील", "Jamil", "Jamila Jamal"),
        ("Mustafa", "مصطفیٰ", "مستفی"),
    ],
)
def test_the_meant_name_is_nearest(typed, meant, others):
    far = {one: distance(norm(typed), norm(one)) for one in [meant, *others.split()]}
    assert far[meant] < CLOSE
    assert min(far, key=far.__getitem__) == meant, far


def test_what_is_typed_so_far_is_near_to_its_beginning():
    assert distance("aye", norm("عائشہ"), begun=True) < CLOSE < distance("aye", norm("عائشہ"))
    assert distance("moham", norm("محمد"), begun=True) < CLOSE


words = st.text(max_size=30) | st.text("abeimnoshuyz" + "اعیوہمنشرد" + "आायमनशर\u094d\u0902िी", max_size=12)


@given(words, words, st.booleans())
def test_any_two_words_have_a_distance(one, other, begun):
    one, other = norm(one), norm(other)
    assert distance(one, other, begun) >= 0
    assert distance(one, one) == 0
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert distance(one, other, begun=True) <= distance(one, other)
