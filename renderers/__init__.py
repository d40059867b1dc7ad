"""What people read: pages, sentences, mails, letters. Pure: values come in, text goes out.

Templates are in `templates/`, the words of each language in `catalogues/`, the style sheet in `static/`.
"""
