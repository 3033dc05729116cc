"""``python -m chronicle`` runs the command."""

from chronicle.cli.main import main

if __name__ == "__main__":
    main()
