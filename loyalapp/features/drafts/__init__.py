"""What somebody is just writing in a form, kept until it is sent."""
