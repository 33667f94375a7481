package rest

import (
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// refine makes the description of an operation say what is on the wire where huma
// guesses otherwise: lists are never null, and a pointer to an object, which a Go
// reader knows to be absent when nil, may be. It runs while operations are declared,
// before anybody validates by what it changes.
func (a *API) refine(o *huma.Operation) {
	if o == nil {
		return
	}
	for _, p := range o.Parameters {
		notNull(p.Schema)
	}
	if o.RequestBody != nil {
		notNullIn(o.RequestBody.Content)
	}
	for _, r := range o.Responses {
		notNullIn(r.Content)
	}
	all := a.huma.OpenAPI().Components.Schemas
	for name, s := range all.Map() {
		if a.refined[name] {
			continue
		}
		a.refined[name] = true
		notNull(s)
		nullable(s, all.TypeFromRef(schemaPrefix+name))
	}
}

// operationAt finds what huma made of a declaration.
func operationAt(d *huma.OpenAPI, method, path string) *huma.Operation {
	item := d.Paths[path]
	if item == nil {
		return nil
	}
	for _, o := range []*huma.Operation{item.Get, item.Put, item.Post, item.Patch, item.Delete} {
		if o != nil && o.Method == method {
			return o
		}
	}
	return nil
}

func notNullIn(content map[string]*huma.MediaType) {
	for _, m := range content {
		notNull(m.Schema)
	}
}

// notNull takes null away from every list in a schema.
func notNull(s *huma.Schema) {
	if s == nil {
		return
	}
	if s.Type == huma.TypeArray {
		s.Nullable = false
	}
	notNull(s.Items)
	for _, p := range s.Properties {
		notNull(p)
	}
}

// nullable lets those properties be null that hold a pointer to an object. Optional
// ones are left as they are: in an answer they are absent instead, and in a request
// null is the same as absent.
func nullable(s *huma.Schema, t reflect.Type) {
	if t == nil || t.Kind() != reflect.Struct {
		return
	}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		p := s.Properties[name]
		if p == nil || p.Ref == "" || f.Type.Kind() != reflect.Pointer || !slices.Contains(s.Required, name) {
			continue
		}
		p.AnyOf = []*huma.Schema{{Ref: p.Ref}, {Type: "null"}}
		p.Ref = ""
	}
}
