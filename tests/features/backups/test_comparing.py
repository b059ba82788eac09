"""Before a backup comes back it is told what would be different from now."""

from loyalapp.features.backups import comparing, restoring, service
from loyalapp.features.customers import service as customers


def test_the_differences_to_now_are_told(app):
    with app.app_context():
        customers.add({"name": "Imran"})
        path = service.create().path
        before = comparing.differences(path, None, restoring.check(path))
        customers.add({"name": "Sunita"})
        customers.remove(customers.find("Imran")[0].id)
        found = comparing.differences(path, None, restoring.check(path))

    assert before.is_same
    assert (found.gone, found.names, found.again, found.is_same) == (1, ["Sunita"], 1, False)
    assert found.lines[0][1:] == (1, 1)
    assert set(found.same) >= {"Problems", "Greetings"}
    assert found.plugins == []


def test_plugins_that_are_another_version_or_not_here_are_told(app):
    with app.app_context():
        customers.add({"name": "Imran"})
        path = service.create().path
        content = restoring.check(path)
        found = comparing.differences(path, None, content._replace(plugins={"gone": "1.0", "issues": "0.0.1"}))

    assert [(one.name, one.version) for one in found.plugins] == [("gone", "1.0"), ("Problems", "0.0.1")]
    assert found.plugins[0].here == ""
