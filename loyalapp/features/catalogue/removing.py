"""A sale that never was: deleted, and brought back."""

from loyalapp.features.catalogue import figures, service
from loyalapp.features.customers import removing
from loyalapp.features.customers import service as customers


def remove_purchase(purchase_id: int) -> int:
    """Delete a sale; answers the step by which it is brought back.

    :raises NotFound: if there is none.
    """
    purchase = service.get_purchase(purchase_id)
    figures.sales_were_corrected()
    return removing.delete(customers.get(purchase.customer_id), "purchase", "purchase", purchase_id)
