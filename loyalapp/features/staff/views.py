"""The page of the people who work here."""

from flask import Blueprint

pages = Blueprint("staff", __name__, url_prefix="/settings/staff", template_folder="templates")
