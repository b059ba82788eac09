"""How and when to reach a customer: contacts that rest, customers who want none, and WhatsApp on the phone."""
