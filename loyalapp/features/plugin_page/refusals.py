"""Why a plugin is not taken: one plain sentence each, which says what to do."""

from loyalapp.core.errors import LoyalAppError
from loyalapp.core.i18n import current_language, isolate_text, lazy_gettext
from loyalapp.plugin_system.calls import registry
from loyalapp.plugin_system.refusal import Refusal

NAMES_A_PLUGIN = {"needs", "conflict", "needed_by", "taken"}
SENTENCES = {
    # the file
    "not_a_plugin": lazy_gettext("This is not a plugin. Please choose a file whose name ends in .loyalplugin."),
    "damaged": lazy_gettext("This file is damaged. Please ask for it again, or copy it once more."),
    "big": lazy_gettext("This file is larger than 20 MB. A plugin is never that large; please ask its maker."),
    "big_unpacked": lazy_gettext("Unpacked, this file would take more than 100 MB. LoyalApp does not take it."),
    "many": lazy_gettext("There are more than 2,000 files in this plugin. LoyalApp does not take it."),
    "bomb": lazy_gettext("This file grows far too large when it is unpacked. LoyalApp does not take it."),
    "locked": lazy_gettext("This file is locked with a password. Please ask its maker for one without a password."),
    "archive": lazy_gettext("Another packed file, %(name)s, is hidden in this plugin. LoyalApp does not take it."),
    "program": lazy_gettext(
        "There is a program in this plugin, %(name)s, that could harm your computer. LoyalApp does not take it."
    ),
    "name": lazy_gettext("A file in this plugin has a forbidden name, %(name)s. LoyalApp does not take it."),
    "long_name": lazy_gettext("A file in this plugin has a name that is too long. Please tell its maker."),
    "special": lazy_gettext("%(name)s in this plugin is not an ordinary file. LoyalApp does not take it."),
    "twice": lazy_gettext("The file %(name)s is in this plugin twice. Please tell its maker."),
    "stranger": lazy_gettext("%(name)s does not belong into a plugin. Please tell its maker."),
    "folder_inside": lazy_gettext("The folder %(name)s was packed instead of what is in it. Please tell its maker."),
    "no_manifest": lazy_gettext(
        "This file does not say what it is (plugin.toml is missing). Please ask its maker for a new file."
    ),
    "bad_manifest": lazy_gettext("Its description cannot be read. Please ask its maker for a new file."),
    "newer_format": lazy_gettext("This plugin was made for a newer LoyalApp. Please get the newest LoyalApp first."),
    "other_name": lazy_gettext(
        "The file is called %(name)s, but in it is %(id)s. Please ask the person who gave it to you."
    ),
    "other_folder": lazy_gettext("%(name)s belongs to another plugin than %(id)s. Please tell its maker."),
    "no_checksums": lazy_gettext("The list of what is in this plugin is missing. Please ask its maker for a new file."),
    "changed": lazy_gettext(
        "Somebody has changed this file since it was made (%(name)s). Please ask its maker for it again."
    ),
    "gone": lazy_gettext("This plugin is not here any more. Please choose the file again."),
    # what is here already
    "api": lazy_gettext("It was made for another version of LoyalApp. Please ask its maker for one that fits."),
    "taken": lazy_gettext("The name %(name)s belongs to LoyalApp itself. Please tell its maker."),
    "needs": lazy_gettext("It needs the plugin %(name)s (%(range)s). Please install that one first."),
    "conflict": lazy_gettext("It does not get along with the plugin %(name)s. Please remove that one first."),
    "already_there": lazy_gettext("You have this plugin already, in this very version %(version)s."),
    "other_content": lazy_gettext(
        "You have version %(version)s already, but this file has other things in it. Please ask its maker for a "
        "new version."
    ),
    "downgrade": lazy_gettext(
        "You have version %(old)s already; version %(new)s is older. To go back, use the button on the page Plugins."
    ),
    "full": lazy_gettext(
        "There is no room left on this disk. Nothing was changed; please free some space and try again."
    ),
    # who signed
    "bad_signature": lazy_gettext(
        "The signature of this file is wrong: somebody has changed it. Please ask its maker for it again."
    ),
    "other_signer": lazy_gettext(
        "This file comes from somebody else than the plugin you have. Do not install it; please call the maker and ask."
    ),
    "no_longer_signed": lazy_gettext(
        "The plugin you have is signed by its maker, and this file is not. Do not install it; please call the "
        "maker and ask."
    ),
    # the trial run
    "trial_hang": lazy_gettext(
        "We tried it on a copy of your data, and it did not come to an end. It was not installed. Please tell its "
        "maker."
    ),
    "trial_crash": lazy_gettext(
        "We tried it on a copy of your data, and it stopped the whole program. It was not installed. Please tell "
        "its maker."
    ),
    "trial_memory": lazy_gettext(
        "We tried it on a copy of your data, and it wanted too much memory. It was not installed. Please tell its "
        "maker."
    ),
    "trial_failed": lazy_gettext(
        "We tried it on a copy of your data, and it did not start. It was not installed. Please tell its maker."
    ),
    "trial_imports": lazy_gettext(
        "It reaches for things that a plugin may not use. It was not installed. Please tell its maker."
    ),
    "trial_words": lazy_gettext(
        "Its words in one language are damaged (%(language)s). It was not installed. Please tell its maker."
    ),
    "trial_again": lazy_gettext(
        "We tried it on a copy of your data, and it could not set up its tables. It was not installed. Please tell"
        " its maker."
    ),
    "trial_core_tables": lazy_gettext(
        "We tried it on a copy of your data, and it changed data that is not its own. It was not installed. Please"
        " tell its maker."
    ),
    # back and out
    "no_previous": lazy_gettext("There is no earlier version to go back to."),
    "cannot_go_back": lazy_gettext(
        "The newer version keeps its data in another way, so the version before cannot read it. Nothing was "
        "changed. Please ask its maker."
    ),
    "shipped": lazy_gettext("This plugin belongs to LoyalApp. It can be switched off, but not removed."),
    "not_here": lazy_gettext("There is no plugin called %(name)s here."),
    "open": lazy_gettext(
        "LoyalApp is open and may be using this plugin. Please remove it there, on the page Plugins, or close "
        "LoyalApp first."
    ),
    "needed_by": lazy_gettext("The plugin %(name)s needs this one. Please switch that one off or remove it first."),
}


class NotTaken(LoyalAppError):
    """A refusal in the reader's words; `details` are for the plugin's maker."""

    status = 422

    def __init__(self, refusal: Refusal) -> None:
        values = dict(refusal.values)
        if refusal.code in NAMES_A_PLUGIN and (known := registry().plugins.get(str(values["name"]))):
            values["name"] = known.name(current_language())
        sentence = str(SENTENCES[refusal.code])
        if values:
            sentence %= {key: isolate_text(one) for key, one in values.items()}
        super().__init__(sentence, field="file")
        self.code = refusal.code
        self.details = refusal.details


def in_english(refusal: Refusal) -> str:
    """The source of the sentence, for a command that opens no data and so has no language."""
    source = str(SENTENCES[refusal.code]._args[0])  # noqa: SLF001 -- the text that lazy_gettext was given
    return source % refusal.values if refusal.values else source
