"""What may happen next in a dossier: actions and their guards, deadlines, the legal clock. It computes, it never acts."""
