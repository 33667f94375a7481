package files

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/blob"
	"parley/internal/fault"
	"parley/web/rest"
)

// MaxBytes is how large an uploaded file may be.
const MaxBytes = 25 << 20

// Store keeps the rows of files.
type Store interface {
	NextID(ctx context.Context) (int64, error)
	// AddFile stores an upload, which belongs to owner until a message takes it.
	AddFile(ctx context.Context, f inbox.File, owner inbox.FileOwner) error
	// File returns a file that the viewer uploaded or that hangs on a conversation
	// they may see.
	File(ctx context.Context, v actor.Viewer, id inbox.FileID) (f inbox.File, found bool, err error)
}

// Keeper puts uploads away and takes them out again.
type Keeper struct {
	store Store
	blobs blob.Store
	now   func() time.Time
}

// NewKeeper makes a Keeper.
func NewKeeper(store Store, blobs blob.Store, now func() time.Time) *Keeper {
	return &Keeper{store: store, blobs: blobs, now: now}
}

// ErrNoFile says that there is no such file, or none the caller may read.
var ErrNoFile = fault.New(fault.NotFound, "file_not_found", fault.T(
	"Такого файла нет или он вам не виден.", "There is no such file, or you may not see it."))

// Keep stores the upload of an operation for its owner.
func (k *Keeper) Keep(ctx context.Context, owner inbox.FileOwner, max int64) (inbox.File, error) {
	up, err := rest.UploadOf(ctx, max)
	if err != nil {
		return inbox.File{}, err
	}
	ref, err := k.blobs.Put(ctx, up, max)
	if errors.Is(err, blob.ErrTooLarge) {
		return inbox.File{}, rest.TooLargeFile(max)
	}
	if err != nil {
		return inbox.File{}, fmt.Errorf("store upload: %w", err)
	}
	id, err := k.store.NextID(ctx)
	if err != nil {
		return inbox.File{}, fmt.Errorf("store upload: %w", err)
	}
	f := inbox.File{
		ID: inbox.FileID(id), Hash: ref.Hash, Name: up.Name, Type: up.Type, Size: ref.Size,
		OwnerKind: owner.Kind, OwnerID: owner.ID, CreatedAt: k.now().UTC().Truncate(time.Microsecond),
	}
	if err := k.store.AddFile(ctx, f, owner); err != nil {
		return inbox.File{}, err
	}
	// Housekeeping may have removed the same content just before the row was there.
	if _, err := k.blobs.Stat(ctx, f.Hash); errors.Is(err, blob.ErrAbsent) {
		return inbox.File{}, errLost
	} else if err != nil {
		return inbox.File{}, fmt.Errorf("look at upload: %w", err)
	}
	return f, nil
}

var errLost = fault.New(fault.Unavailable, "upload_lost", fault.T(
	"Загрузка не удалась. Повторите её.", "The upload failed. Try it again.")).After(time.Second)

// Open answers with the bytes of a file.
func (k *Keeper) Open(ctx context.Context, f inbox.File) (*rest.Download, error) {
	body, size, err := k.blobs.Open(ctx, f.Hash)
	if errors.Is(err, blob.ErrAbsent) {
		return nil, ErrNoFile
	}
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	return rest.Send(ctx, rest.Content{Name: f.Name, Type: f.Type, Tag: f.Hash, Size: size, Body: body}), nil
}

// File is an uploaded file.
type File struct {
	ID    rest.ID `json:"id"`
	Name  string  `json:"name"`
	Type  string  `json:"type"`
	Size  int64   `json:"size"`
	URL   string  `json:"url"`
	Image bool    `json:"image" doc:"Browsers may show it in place."`
}

// Declare adds the operations to an API.
func Declare(api *rest.API, k *Keeper) {
	rest.Add(api, rest.Op{
		ID: "upload-file", Method: http.MethodPost, Path: "/files", Need: rest.Write("files"), Status: http.StatusCreated, Upload: true,
		Summary: "Upload a file, to be attached to a message within a day",
	}, func(ctx context.Context, who rest.Caller, _ *struct{}) (*rest.Body[File], error) {
		f, err := k.Keep(ctx, inbox.FileOwner{Kind: string(who.Cause.Kind), ID: who.Cause.ID}, MaxBytes)
		if err != nil {
			return nil, err
		}
		id := rest.IDOf(f.ID)
		return rest.Reply(File{ID: id, Name: f.Name, Type: f.Type, Size: f.Size, URL: rest.Base + "/files/" + string(id), Image: rest.Image(f.Type)}), nil
	})
	rest.Add(api, rest.Op{
		ID: "get-file", Method: http.MethodGet, Path: "/files/{id}", Need: rest.Read("files"),
		Summary: "Read a file; pictures, sound and video in place, all else as a download",
	}, func(ctx context.Context, who rest.Caller, in *struct {
		ID rest.ID `path:"id"`
	}) (*rest.Download, error) {
		f, found, err := k.store.File(ctx, who.Viewer, rest.Num[inbox.FileID](in.ID))
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, ErrNoFile
		}
		return k.Open(ctx, f)
	})
}
