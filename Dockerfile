# syntax=docker/dockerfile:1

# The agents' page and the visitors' chat, built to static files.
FROM node:22-bookworm-slim AS front
WORKDIR /src/web
COPY web/app/package.json web/app/package-lock.json web/app/.npmr[c] app/
COPY web/widget/package.json web/widget/package-lock.json web/widget/.npmr[c] widget/
RUN npm --prefix app ci --no-audit --no-fund && npm --prefix widget ci --no-audit --no-fund
COPY web/ .
# The page shows the guides for administrators.
COPY docs/channels/ ../docs/channels/
RUN npm --prefix app run build && npm --prefix widget run build

# One static program with both inside.
FROM golang:1.26-bookworm AS build
WORKDIR /src
ENV CGO_ENABLED=0 GOFLAGS="-trimpath -buildvcs=false"
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=front /src/web/app/dist web/app/dist
COPY --from=front /src/web/widget/dist web/widget/dist
ARG VERSION=unknown
RUN go build -ldflags "-s -w -X main.version=$VERSION" -o /parley ./cmd/parley \
 && mkdir /data

# Nothing but the program, the certificate authorities and the time zones; no shell, no root.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip
COPY --from=build /parley /parley
COPY --from=build --chown=10001:10001 /data /data
ENV ZONEINFO=/zoneinfo.zip PARLEY_LISTEN=0.0.0.0:8080 PARLEY_DATA=/data
USER 10001:10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["/parley", "doctor", "--url", "http://127.0.0.1:8080"]
ENTRYPOINT ["/parley"]
CMD ["serve"]
