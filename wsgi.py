"""What servers start: `gunicorn wsgi:app` for pages, `huey_consumer wsgi.huey` for reminders."""

from webapp import create_app
from webapp.reminders import huey_for

app = create_app()
huey = huey_for(app.extensions["kept"])
