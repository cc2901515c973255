# One image for every verb: `docker run jobline doctor`, `docker run jobline run`.
FROM python:3.13-slim

RUN useradd --create-home --uid 10001 jobline
WORKDIR /srv/jobline

# The libraries change less often than the source: their layer is made from the two files that decide about them.
COPY jobline requirements.lock ./
RUN ./jobline --prepare

COPY . .
# The database and its lock live in var/, the only folder that is written to; the libraries stay root's.
RUN mkdir -p var && chown jobline: var
VOLUME /srv/jobline/var

USER jobline
ENTRYPOINT ["./jobline"]
CMD ["run"]
