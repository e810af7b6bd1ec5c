"""The company's own lists: a folder beside the shipped rules, edited by the admin, read without a restart."""
