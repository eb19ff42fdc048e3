// Checks a log that art32 wrote as static files (C2SP tlog-tiles) with the code that checks Go's checksum database:
// the checkpoint's signature, the place of each entry, and that the log continues an earlier head of it.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run main.go FOLDER VKEY OLD-SIZE OLD-ROOT
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type files struct{ folder string }

func (f files) Height() int { return 8 }

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		// Go writes the height of a tile into its path, tlog-tiles leaves it out.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(f.folder, path))
		if err != nil {
			return nil, err
		}
		data[i] = bytes
	}
	return data, nil
}

func (f files) SaveTiles([]tlog.Tile, [][]byte) {}

func must(err error) {
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
}

func main() {
	folder := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	must(err)
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	must(err)
	opened, err := note.Open(signed, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, files{folder})
	entries := 0
	for n := int64(0); n < size; n += 256 {
		tile := tlog.Tile{H: 8, L: -1, N: n / 256, W: int(min(256, size-n))}
		path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
		bundle, err := os.ReadFile(filepath.Join(folder, path))
		must(err)
		for i := n; len(bundle) > 0; i++ {
			length := int(binary.BigEndian.Uint16(bundle))
			entry := bundle[2 : 2+length]
			bundle = bundle[2+length:]
			proof, err := tlog.ProveRecord(size, i, reader)
			must(err)
			must(tlog.CheckRecord(proof, size, root, i, tlog.RecordHash(entry)))
			entries++
		}
	}
	old, err := strconv.ParseInt(os.Args[3], 10, 64)
	must(err)
	oldRoot, err := base64.StdEncoding.DecodeString(os.Args[4])
	must(err)
	var oldHash tlog.Hash
	copy(oldHash[:], oldRoot)
	tree, err := tlog.ProveTree(size, old, reader)
	must(err)
	must(tlog.CheckTree(tree, size, root, old, oldHash))
	fmt.Println("accepted:", lines[0], entries, "entries")
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}
