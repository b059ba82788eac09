"""Whether a short text answers to words somebody looks for: begun, in another spelling, or in another script.

For texts that are few enough to be looked through: products, problems, the lines of one customer. Customers themselves
are found by an index (`features.customers.finding`).
"""

from loyalapp.core.likeness import distance
from loyalapp.core.sounds import ways
from loyalapp.core.textkeys import norm

SURE_SOUND = 2  # consonants by which alone a word is not yet known
CLOSE = 0.7  # how near such a word must sound


class Keys:
    """A text made ready to be compared."""

    def __init__(self, text: str) -> None:
        self.words = norm(text).split()
        self.sounds = {way for word in ways(text) for way in word}

    def sounds_like(self, other: "Keys") -> bool:
        """Whether some word of the one may be some word of the other, in whichever scripts."""
        return any(
            sound == known and (len(sound) > SURE_SOUND or distance(spelt, other_spelt) < CLOSE)
            for sound, spelt in self.sounds
            for known, other_spelt in other.sounds
        )


class Sought:
    """Words that are looked for; false where there are none."""

    def __init__(self, text: str) -> None:
        self._words = [(word, Keys(word)) for word in norm(text).split()]

    def __bool__(self) -> bool:
        return bool(self._words)

    def count_in(self, text: str | Keys) -> int:
        """How many of the words the text holds."""
        keys = text if isinstance(text, Keys) else Keys(text)
        return sum(
            any(one.startswith(word) for one in keys.words) or own.sounds_like(keys) for word, own in self._words
        )

    def met_by(self, text: str | Keys) -> bool:
        """Whether the text holds all of them."""
        return bool(self) and self.count_in(text) == len(self._words)
