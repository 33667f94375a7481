package letters

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
)

// Bounds on a picture's size in dots: what a browser unpacks is four bytes for each,
// however small the file.
const (
	maxSide = 16_384
	maxDots = 50_000_000
)

// Errors of rasterType.
var (
	errNoRaster = errors.New("not a picture made of dots")
	errVast     = errors.New("picture has too many dots")
)

// rasterType tells the media type of a picture made of dots by its bytes alone. What the
// sender calls it is worth nothing, and a picture made of lines is a program.
func rasterType(body []byte) (string, error) {
	kind, decode := "", (func([]byte) (image.Config, error))(nil)
	switch {
	case bytes.HasPrefix(body, []byte("\x89PNG\r\n\x1a\n")):
		kind, decode = "image/png", func(b []byte) (image.Config, error) { return png.DecodeConfig(bytes.NewReader(b)) }
	case bytes.HasPrefix(body, []byte("\xff\xd8\xff")):
		kind, decode = "image/jpeg", func(b []byte) (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(b)) }
	case bytes.HasPrefix(body, []byte("GIF87a")), bytes.HasPrefix(body, []byte("GIF89a")):
		kind, decode = "image/gif", func(b []byte) (image.Config, error) { return gif.DecodeConfig(bytes.NewReader(b)) }
	case len(body) > 12 && string(body[:4]) == "RIFF" && string(body[8:12]) == "WEBP":
		kind, decode = "image/webp", webpConfig
	default:
		return "", errNoRaster
	}
	c, err := decode(body)
	if err != nil {
		return "", fmt.Errorf("read picture's head: %w", err)
	}
	if c.Width < 1 || c.Height < 1 || c.Width > maxSide || c.Height > maxSide || c.Width*c.Height > maxDots {
		return "", errVast
	}
	return kind, nil
}

// webpConfig reads the size of a WebP picture from its first chunk, as Google's "WebP
// Container Specification" has it (read 2026).
func webpConfig(b []byte) (image.Config, error) {
	if len(b) < 30 {
		return image.Config{}, errNoRaster
	}
	le := binary.LittleEndian
	switch chunk, data := string(b[12:16]), b[20:30]; chunk {
	case "VP8 ":
		if data[3] != 0x9d || data[4] != 0x01 || data[5] != 0x2a {
			return image.Config{}, errNoRaster
		}
		return image.Config{Width: int(le.Uint16(data[6:]) & 0x3fff), Height: int(le.Uint16(data[8:]) & 0x3fff)}, nil
	case "VP8L":
		if data[0] != 0x2f {
			return image.Config{}, errNoRaster
		}
		bits := le.Uint32(data[1:])
		return image.Config{Width: int(bits&0x3fff) + 1, Height: int(bits>>14&0x3fff) + 1}, nil
	case "VP8X":
		side := func(p []byte) int { return int(p[0]) | int(p[1])<<8 | int(p[2])<<16 }
		return image.Config{Width: side(data[4:]) + 1, Height: side(data[7:]) + 1}, nil
	}
	return image.Config{}, errNoRaster
}
