// art32-verify: checks a proof bundle of art32 with nothing but Node.js 20.19 or newer:
//
//     node art32-verify.mjs bundle.zip
//
// Built from the source of art32 and not minified, so that it can be read. A verifier that came with what it checks proves
// nothing by itself: compare its SHA-256 with the one that art32 publishes in docs/reference/verifier.md.
//
// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from "node:util";
import { open, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32, inflateRawSync } from "node:zlib";
import { createPublicKey, hash, verify } from "node:crypto";

// apps/cli/src/refusal.ts
/**
* What a command cannot do: the message says what and what to do about it.
*
* `exit` is the exit status: 1 where the thing looked at does not hold or was refused, 2 where it could not be looked at.
*/
var Refusal = class extends Error {
	name = "Refusal";
	exit;
	/** The code that a server gave with it. */
	code;
	constructor(message, exit = 2, options = {}) {
		super(message, options);
		this.exit = exit;
		this.code = options.code;
	}
};
/** The code of a system error, such as `ENOENT`; empty for everything else. */
function errorCode(error) {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

// apps/cli/src/terminal.ts
const widest = 110;
/** The terminal of this process. */
function processTerminal() {
	return {
		out: (text) => void process.stdout.write(text),
		err: (text) => void process.stderr.write(text),
		isLive: process.stderr.isTTY,
		columns: Math.min(process.stdout.columns ?? 100, widest),
		environment: process.env,
		input: process.stdin
	};
}
/**
* Text of others on one line, safe to print: escape sequences and directional overrides would let a document, a server or
* a bundle repaint the terminal.
*/
function clean(text) {
	return text.replaceAll(/\s+/g, " ").replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, "").trim();
}
/** Breaks text into lines of at most `width` characters; a longer word stays whole. */
function wrap(text, width) {
	const lines = [];
	let line = "";
	for (const word of clean(text).split(" ")) if (line !== "" && line.length + 1 + word.length > width) {
		lines.push(line);
		line = word;
	} else line = line === "" ? word : `${line} ${word}`;
	return [...lines, line];
}
/** Text after a label, its further lines below its first. */
function hang(label, text, columns) {
	const indent = " ".repeat(label.length);
	return wrap(text, Math.max(24, columns - label.length)).map((line, index) => `${index === 0 ? label : indent}${line}\n`).join("");
}

// packages/ledger/src/errors.ts
/**
* The input is not acceptable: says what and where. Carries no personal data, since leaves carry none.
*
* `place` is a path, a line or an index, as precise as known (`tile/entries/000.p/7 leaf 3`).
*/
var LedgerError = class extends Error {
	name = "LedgerError";
	code;
	place;
	/** The sentence without the place. */
	reason;
	constructor(code, reason, place) {
		super(place === void 0 ? reason : `${place}: ${reason}`);
		this.code = code;
		this.place = place;
		this.reason = reason;
	}
};
/** An invariant of this package is broken; never caused by input alone. */
var LedgerBug = class extends Error {
	name = "LedgerBug";
};

// packages/ledger/src/bytes.ts
/** Strict byte encodings. Each accepts exactly one spelling of a value, so that no byte of a signed file is without meaning. */
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
/** UTF-8 bytes of a text; a lone surrogate is refused rather than replaced. */
function encodeUtf8(text) {
	if (!text.isWellFormed()) throw new LedgerError("encoding", "The text has a lone surrogate.");
	return encoder.encode(text);
}
/** The text of UTF-8 bytes; a malformed sequence is refused. */
function decodeUtf8(bytes, place) {
	try {
		return decoder.decode(bytes);
	} catch {
		throw new LedgerError("encoding", "This is not UTF-8 text.", place);
	}
}
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const sextets = (/* @__PURE__ */ new Uint8Array(128)).fill(255);
for (let i = 0; i < 64; i++) sextets[alphabet.charCodeAt(i)] = i;
/** Standard base64 with padding (RFC 4648 section 4). */
function encodeBase64(bytes) {
	let text = "";
	for (let i = 0; i < bytes.length; i += 3) {
		const left = bytes.length - i;
		const bits = bytes[i] << 16 | (bytes[i + 1] ?? 0) << 8 | (bytes[i + 2] ?? 0);
		text += alphabet[bits >> 18] + alphabet[bits >> 12 & 63];
		text += left > 1 ? alphabet[bits >> 6 & 63] : "=";
		text += left > 2 ? alphabet[bits & 63] : "=";
	}
	return text;
}
/** Bytes of standard base64. Refuses missing padding, foreign characters and non-zero spare bits. */
function decodeBase64(text, place) {
	const refuse = () => new LedgerError("encoding", "This is not standard base64.", place);
	if (text.length % 4 !== 0) throw refuse();
	const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
	const bytes = new Uint8Array(text.length / 4 * 3 - padding);
	const digits = text.length - padding;
	let bits = 0;
	let at = 0;
	for (let i = 0; i < digits; i++) {
		const sextet = sextets[text.charCodeAt(i)] ?? 255;
		if (sextet === 255) throw refuse();
		bits = (bits << 6 | sextet) & 16777215;
		if (i % 4 !== 0) bytes[at++] = bits >> 6 - 2 * (i % 4) & 255;
	}
	if ((padding === 2 ? bits & 15 : padding === 1 ? bits & 3 : 0) !== 0) throw refuse();
	return bytes;
}
/** Lower-case hexadecimal. */
function encodeHex(bytes) {
	let text = "";
	for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
	return text;
}
/** One array out of many. */
function concatBytes(parts) {
	const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
/** Whether two arrays hold the same bytes. Not constant in time: nothing compared here is secret. */
function equalBytes(a, b) {
	return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
/** Big-endian unsigned 64-bit number of a safe integer. */
function encodeUint64(value) {
	const bytes = /* @__PURE__ */ new Uint8Array(8);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
	return bytes;
}
/** The safe integer in eight big-endian bytes at an offset, or undefined where it is too large or cut off. */
function decodeUint64(bytes, offset) {
	if (offset + 8 > bytes.length) return void 0;
	const value = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(offset);
	return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : void 0;
}
/** A safe, non-negative integer written in decimal without leading zeroes, or undefined. */
function parseDecimal(text) {
	if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return void 0;
	const value = Number(text);
	return Number.isSafeInteger(value) ? value : void 0;
}
/** Whether a text has a control character below U+0020 other than the allowed one. */
function hasControl(text, allowed) {
	for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 32 && text[i] !== allowed) return true;
	return false;
}

// packages/ledger/src/canonical.ts
/**
* Canonical JSON (RFC 8785) and a strict parser.
*
* One value has one spelling: members sorted by UTF-16 code units, numbers as ECMAScript writes them, no white space.
* What JSON cannot carry faithfully is refused instead of repaired: NaN, infinities, undefined, functions, big integers,
* lone surrogates and, when reading, duplicate member names and nesting without end.
*/
const maxDepth = 100;
/** The canonical text of a value. @throws {LedgerError} `json`, naming the place as a path of members */
function canonicalize(value) {
	return write(value, "$", 0);
}
/** Parses JSON text. @throws {LedgerError} `json`, naming the offset in characters */
function parseJson(text) {
	return new Parser(text).document();
}
function write(value, place, depth) {
	if (depth > maxDepth) throw new LedgerError("json", `JSON is nested at most ${maxDepth} deep.`, place);
	if (value === null || typeof value === "boolean") return String(value);
	if (typeof value === "string") return writeString(value, place);
	if (typeof value === "number") {
		if (!Number.isFinite(value)) throw new LedgerError("json", "JSON has no such number.", place);
		return JSON.stringify(value);
	}
	if (Array.isArray(value)) return `[${Array.from(value, (item, i) => write(item, `${place}[${i}]`, depth + 1)).join(",")}]`;
	if (typeof value === "object" && isPlain(value)) {
		const members = Object.keys(value).sort(byCodeUnits);
		const record = value;
		return `{${members.map((name) => `${writeString(name, place)}:${write(record[name], `${place}.${name}`, depth + 1)}`).join(",")}}`;
	}
	throw new LedgerError("json", `JSON cannot carry a value of type ${typeof value}.`, place);
}
function writeString(text, place) {
	if (!text.isWellFormed()) throw new LedgerError("json", "The text has a lone surrogate.", place);
	return JSON.stringify(text);
}
function isPlain(value) {
	const prototype = Object.getPrototypeOf(value);
	return prototype === null || prototype === Object.prototype;
}
function byCodeUnits(a, b) {
	return a < b ? -1 : 1;
}
const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const literals = [
	["null", null],
	["true", true],
	["false", false]
];
/** A recursive-descent parser; JSON.parse would silently keep the last of duplicate members. */
var Parser = class {
	#text;
	#at = 0;
	constructor(text) {
		this.#text = text;
	}
	document() {
		const value = this.#value(0);
		this.#take(space);
		if (this.#at !== this.#text.length) throw this.#refuse("Something follows the JSON value.");
		return value;
	}
	#value(depth) {
		if (depth > maxDepth) throw this.#refuse(`JSON is nested at most ${maxDepth} deep.`);
		this.#take(space);
		const first = this.#text[this.#at];
		if (first === "{") return this.#object(depth);
		if (first === "[") return this.#array(depth);
		if (first === "\"") return this.#string();
		const literal = literals.find(([word]) => this.#text.startsWith(word, this.#at));
		if (literal !== void 0) {
			this.#at += literal[0].length;
			return literal[1];
		}
		const value = Number(this.#take(number) || NaN);
		if (!Number.isFinite(value)) throw this.#refuse("Here a JSON value is expected.");
		return value;
	}
	#object(depth) {
		const members = {};
		this.#at += 1;
		if (this.#skip("}")) return members;
		do {
			this.#take(space);
			const name = this.#string();
			if (Object.hasOwn(members, name)) throw this.#refuse("The member name occurs twice.");
			if (!this.#skip(":")) throw this.#refuse("Here a colon is expected.");
			Object.defineProperty(members, name, {
				value: this.#value(depth + 1),
				enumerable: true,
				writable: true,
				configurable: true
			});
		} while (this.#skip(","));
		if (!this.#skip("}")) throw this.#refuse("Here a comma or the end of the object is expected.");
		return members;
	}
	#array(depth) {
		const items = [];
		this.#at += 1;
		if (this.#skip("]")) return items;
		do
			items.push(this.#value(depth + 1));
		while (this.#skip(","));
		if (!this.#skip("]")) throw this.#refuse("Here a comma or the end of the array is expected.");
		return items;
	}
	#string() {
		const token = this.#take(string);
		if (token === "") throw this.#refuse("Here a string is expected.");
		const text = JSON.parse(token);
		if (typeof text !== "string" || !text.isWellFormed()) throw this.#refuse("The text has a lone surrogate.");
		return text;
	}
	#take(pattern) {
		pattern.lastIndex = this.#at;
		const token = pattern.exec(this.#text)?.[0] ?? "";
		this.#at += token.length;
		return token;
	}
	#skip(character) {
		this.#take(space);
		if (this.#text[this.#at] !== character) return false;
		this.#at += 1;
		return true;
	}
	#refuse(reason) {
		return new LedgerError("json", reason, `character ${this.#at}`);
	}
};

// packages/ledger/src/commitment.ts
/**
* Commitments: what a leaf holds in place of content.
*
* c = SHA-256(salt ‖ content) with 32 random bytes of salt per commitment, so the same content twice gives two unrelated
* commitments, and nothing can be guessed from c. Opening needs both files: `cat salt content | sha256sum`. Erasing the
* content and its salt leaves a hash of bytes that exist no more, and every proof stays valid.
*
* @source EDPB Guidelines 02/2025 (personal data off the chain, commitments on it)
*/
/** Bytes of a salt. */
const saltSize = 32;
/** The base64 commitment to content. @throws {LedgerError} `commitment` unless the salt has 32 bytes */
function commit(crypto, salt, content) {
	if (salt.length !== 32) throw new LedgerError("commitment", `A salt has ${32} bytes, not ${salt.length}.`);
	return encodeBase64(crypto.sha256(concatBytes([salt, content])));
}
/** Whether salt and content open a commitment. */
function isOpenedBy(crypto, commitment, salt, content) {
	return salt.length === 32 && commit(crypto, salt, content) === commitment;
}

// packages/ledger/src/tree.ts
/**
* The Merkle tree of RFC 6962 section 2.1, without storage.
*
* A *frontier* (compact range) is all that a writer must remember: the roots of the complete subtrees that a size is made
* of, largest first, one per set bit of the size. Proofs are made in two steps, so that the caller may read hashes from
* anywhere, also asynchronously: a *plan* lists the nodes that are needed, each once and from left to right, and
* {@link combineProof} folds their hashes into the proof. A tree of n leaves needs at most about 2·log₂ n nodes.
*
* Sizes and indexes are safe integers (below 2^53), therefore plain arithmetic instead of 32-bit operators.
*/
/** Bytes of a SHA-256 hash. */
const hashSize = 32;
const prefixed = /* @__PURE__ */ new Uint8Array(4096);
/** The hash of an entry: SHA-256(0x00 ‖ entry). */
function leafHash(crypto, entry) {
	const length = entry.length + 1;
	const bytes = length <= prefixed.length ? prefixed.subarray(0, length) : new Uint8Array(length);
	bytes[0] = 0;
	bytes.set(entry, 1);
	return crypto.sha256(bytes);
}
const node = /* @__PURE__ */ new Uint8Array(65);
node[0] = 1;
/** The hash of two children: SHA-256(0x01 ‖ left ‖ right). */
function nodeHash(crypto, left, right) {
	node.set(left, 1);
	node.set(right, 33);
	return crypto.sha256(node);
}
/** The frontier of the empty tree. */
const emptyFrontier = {
	size: 0,
	hashes: []
};
/**
* The frontier after appending leaf hashes in order. About one node hash a leaf.
*
* @param onNode  told of each subtree that becomes complete, leaves included; {@link Frontier} does not keep them
*/
function appendLeaves(crypto, frontier, leafHashes, onNode) {
	const hashes = [...frontier.hashes];
	let size = frontier.size;
	for (const leaf of leafHashes) {
		let hash = leaf;
		let level = 0;
		let index = size;
		onNode?.(0, index, hash);
		while (index % 2 === 1) {
			const left = hashes.pop();
			if (left === void 0) throw new LedgerBug("A frontier has fewer hashes than its size has set bits.");
			hash = nodeHash(crypto, left, hash);
			index = (index - 1) / 2;
			level += 1;
			onNode?.(level, index, hash);
		}
		hashes.push(hash);
		size += 1;
	}
	return {
		size,
		hashes
	};
}
/** The root of the tree that a frontier stands for; of the empty tree SHA-256 of nothing. */
function frontierRoot(crypto, frontier) {
	return foldRight(crypto, frontier.hashes) ?? crypto.sha256(/* @__PURE__ */ new Uint8Array(0));
}
/** The root of the tree over leaf hashes (RFC 6962 MTH). */
function treeRoot(crypto, leafHashes) {
	return frontierRoot(crypto, appendLeaves(crypto, emptyFrontier, leafHashes));
}
/** Whether a leaf hash is at an index of the tree with this size and root. All arguments attacker-controlled. @source RFC 9162 §2.1.3.2 */
function verifyInclusion(crypto, claim) {
	if (!isCount(claim.index) || !isCount(claim.size) || claim.index >= claim.size) return false;
	if (![
		claim.leafHash,
		claim.root,
		...claim.proof
	].every(isHash)) return false;
	let position = claim.index;
	let last = claim.size - 1;
	let hash = claim.leafHash;
	for (const sibling of claim.proof) {
		if (last === 0) return false;
		if (position % 2 === 1 || position === last) {
			hash = nodeHash(crypto, sibling, hash);
			while (position % 2 === 0 && position !== 0) {
				position /= 2;
				last = Math.floor(last / 2);
			}
		} else hash = nodeHash(crypto, hash, sibling);
		position = Math.floor(position / 2);
		last = Math.floor(last / 2);
	}
	return last === 0 && equalBytes(hash, claim.root);
}
/** Whether a value is a 32-byte hash. */
function isHash(value) {
	return value.length === 32;
}
function foldRight(crypto, hashes) {
	let folded;
	for (let i = hashes.length - 1; i >= 0; i--) {
		const left = hashes[i];
		folded = folded === void 0 ? left : nodeHash(crypto, left, folded);
	}
	return folded;
}
function isCount(n) {
	return Number.isSafeInteger(n) && n >= 0;
}

// packages/ledger/src/tiles.ts
/** Hashes in a full tile, entries in a full bundle. */
const tileWidth = 256;
/** The path of a tile below the log's prefix: `tile/0/x001/x234/067.p/8`. */
function tilePath(tile) {
	const digits = String(tile.index);
	const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.{3}/g) ?? [];
	const name = groups.map((group, i) => i < groups.length - 1 ? `x${group}` : group).join("/");
	return `tile/${tile.level}/${name}${tile.width === 256 ? "" : `.p/${tile.width}`}`;
}
/** All tiles of a log of some size, hash tiles by level, then entry bundles. */
function tilesOf(size) {
	return newTiles(0, size);
}
/** The tiles that are new or wider at `size` than at `oldSize`: what a writer must write. */
function newTiles(oldSize, size) {
	const tiles = [];
	const widen = (level, before, now) => {
		for (let index = Math.floor(before / 256); index * 256 < now; index++) tiles.push({
			level,
			index,
			width: Math.min(256, now - index * 256)
		});
	};
	let before = oldSize;
	let now = size;
	for (let level = 0; now > before; level++) {
		widen(level, before, now);
		before = Math.floor(before / 256);
		now = Math.floor(now / 256);
	}
	if (size > oldSize) widen("entries", oldSize, size);
	return tiles;
}
/** The entries of a bundle, views of the given bytes. @throws {LedgerError} `tile` when cut off or too many */
function decodeEntries(bytes, place) {
	const entries = [];
	for (let at = 0; at < bytes.length;) {
		const start = at + 2;
		const end = start + (bytes[at] << 8 | (bytes[at + 1] ?? 0));
		if (start > bytes.length || end > bytes.length) throw new LedgerError("tile", `The entry bundle ends within its entry ${entries.length}.`, place);
		if (entries.length === 256) throw new LedgerError("tile", "The entry bundle has more than 256 entries.", place);
		entries.push(bytes.subarray(start, end));
		at = end;
	}
	return entries;
}
/** The hashes of a tile, views of the given bytes. */
function splitHashes(bytes) {
	const hashes = [];
	for (let at = 0; at < bytes.length; at += 32) hashes.push(bytes.subarray(at, at + 32));
	return hashes;
}

// packages/ledger/src/checkpoint.ts
/** Checkpoints (C2SP tlog-checkpoint v1.0.0): a log's origin, size and root as the text of a signed note. */
/** A checkpoint from the text of a note. @throws {LedgerError} `checkpoint` */
function parseCheckpoint(text) {
	const lines = text.split("\n");
	const end = lines.pop();
	const [origin, decimal, base64, ...extensions] = lines;
	const size = parseDecimal(decimal ?? "");
	if (end !== "" || !origin || size === void 0 || base64 === void 0 || extensions.includes("")) throw new LedgerError("checkpoint", "A checkpoint has three lines: origin, size in decimal, root in base64.");
	const root = decodeBase64(base64, "root of the checkpoint");
	if (root.length !== 32) throw new LedgerError("checkpoint", "The root of a checkpoint has 32 bytes.");
	return extensions.length === 0 ? {
		origin,
		size,
		root
	} : {
		origin,
		size,
		root,
		extensions
	};
}

// packages/ledger/src/note.ts
/**
* Signed notes (C2SP signed-note v1.0.0): a text, an empty line, and one line per signature:
*
*     — <key name> base64(key id ‖ signature)
*
* A key is known by its name together with its id, the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key).
* Signatures of unknown keys are ignored, so keys can be rotated and witnesses can add their lines; a known key whose
* signature does not verify makes the whole note unacceptable. Cosignatures (types 0x04 and 0x06, C2SP
* tlog-cosignature) carry a time in seconds and sign another message than the text; both are built here.
*/
const maxNoteLength = 1e6;
const maxSignatures = 100;
const publicKeySizes = {
	1: 32,
	4: 32,
	6: 1312
};
const signatureSizes = {
	1: 64,
	4: 64,
	6: 2420
};
/** The id of a key, as eight hexadecimal digits. */
function keyId(crypto, key) {
	const hash = crypto.sha256(concatBytes([
		encodeUtf8(`${key.name}\n`),
		Uint8Array.of(key.type),
		key.publicKey
	]));
	return encodeHex(hash.subarray(0, 4));
}
/** The verifier key of a signer or of a bare public key. @throws {LedgerError} `key` for an impossible name or size */
function verifierKey(crypto, key) {
	const { name, type, publicKey } = key;
	if (!isKeyName(name)) throw new LedgerError("key", "The name of a key is empty or has a space, a plus or a control character.");
	if (publicKey.length !== publicKeySizes[type]) throw new LedgerError("key", `A public key of type ${type} has ${publicKeySizes[type]} bytes, not ${publicKey.length}.`);
	return {
		name,
		id: keyId(crypto, key),
		type,
		publicKey
	};
}
/** A key as text to publish ("vkey"): `name+id+base64(type ‖ public key)`. */
function formatVkey(key) {
	return `${key.name}+${key.id}+${encodeBase64(concatBytes([Uint8Array.of(key.type), key.publicKey]))}`;
}
/** A key from its text, in its one valid spelling. @throws {LedgerError} `key` */
function parseVkey(crypto, vkey) {
	const parts = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(vkey);
	if (parts === null) throw new LedgerError("key", "A verifier key reads name+id+base64, the id in eight hexadecimal digits.");
	const bytes = decodeBase64(parts[3], "verifier key");
	const type = bytes[0];
	if (type !== 1 && type !== 4 && type !== 6) throw new LedgerError("key", "The verifier key has an unknown type; known are Ed25519 (1), its cosignature (4) and ML-DSA-44 (6).");
	const key = verifierKey(crypto, {
		name: parts[1],
		type,
		publicKey: bytes.subarray(1)
	});
	if (key.id !== parts[2]) throw new LedgerError("key", "The id in the verifier key does not belong to its name and public key.");
	return key;
}
/** Takes a note apart without trusting it. @throws {LedgerError} `note` */
function parseNote(note) {
	if (note.length > maxNoteLength) throw new LedgerError("note", `A note has at most ${maxNoteLength} characters.`);
	const border = note.lastIndexOf("\n\n");
	const text = note.slice(0, border + 1);
	if (border < 1 || !isNoteText(text)) throw new LedgerError("note", "This is not a signed note: a text, an empty line, then signature lines.");
	const lines = note.slice(border + 2).split("\n");
	if (lines.pop() !== "" || lines.length === 0) throw new LedgerError("note", "A note ends with a signature line and a newline.");
	if (lines.length > maxSignatures) throw new LedgerError("note", `A note has at most ${maxSignatures} signatures.`);
	return {
		text,
		signatures: lines.map(parseSignature)
	};
}
/**
* Verifies a note against known keys.
*
* @throws {LedgerError} `note` when it is none, `signature` when a known key's signature is wrong or none verifies
*/
function openNote(crypto, note, keys) {
	const { text, signatures } = parseNote(note);
	const verified = [];
	const unchecked = [];
	const unknown = [];
	for (const signature of signatures) {
		const key = keys.find(({ name, id }) => name === signature.name && id === signature.id);
		if (key === void 0) unknown.push(signature);
		else if (key.type === 6 && crypto.verifyMlDsa44 === void 0) unchecked.push(key);
		else verified.push(verifySignature(crypto, text, key, signature));
	}
	if (verified.length === 0) throw new LedgerError("signature", "No signature of a trusted key is on this note.");
	return {
		text,
		verified,
		unchecked,
		unknown
	};
}
/** Whether a text may name a key: not empty, no white space, no plus, no control character. */
function isKeyName(name) {
	return name.isWellFormed() && /^[^+\p{White_Space}\p{Cc}]+$/u.test(name);
}
function verifySignature(crypto, text, key, line) {
	const timed = key.type !== 1;
	const posixTime = timed ? decodeUint64(line.signature, 0) : void 0;
	const signature = timed ? line.signature.subarray(8) : line.signature;
	const message = timed && posixTime === void 0 ? void 0 : signedMessage(key, text, posixTime ?? 0);
	if (!(message !== void 0 && signature.length === signatureSizes[key.type] && (key.type === 6 ? crypto.verifyMlDsa44?.(key.publicKey, message, signature) === true : crypto.verifyEd25519(key.publicKey, message, signature)))) throw new LedgerError("signature", `The signature by ${key.name}+${key.id} does not belong to this text.`);
	return posixTime === void 0 ? { key } : {
		key,
		posixTime
	};
}
/** What is really signed: the text itself, or one of the two messages of tlog-cosignature. */
function signedMessage(key, text, posixTime) {
	if (key.type === 1) return encodeUtf8(text);
	if (key.type === 4) return encodeUtf8(`cosignature/v1\ntime ${posixTime}\n${text}`);
	const { origin, size, root } = parseCheckpoint(text);
	const lengthPrefixed = (value) => {
		const bytes = encodeUtf8(value);
		if (bytes.length > 255) throw new LedgerError("key", "The name of an ML-DSA-44 cosigner or its log is longer than 255 bytes.");
		return concatBytes([Uint8Array.of(bytes.length), bytes]);
	};
	return concatBytes([
		encodeUtf8("subtree/v1\n\0"),
		lengthPrefixed(key.name),
		encodeUint64(posixTime),
		lengthPrefixed(origin),
		encodeUint64(0),
		encodeUint64(size),
		root
	]);
}
function parseSignature(line, index) {
	const place = `signature line ${index + 1}`;
	const parts = /^— (\S+) (\S+)$/u.exec(line);
	const name = parts?.[1];
	if (name === void 0 || !isKeyName(name)) throw new LedgerError("note", "A signature line reads \"— name base64\".", place);
	const bytes = decodeBase64(parts?.[2] ?? "", place);
	if (bytes.length < 5) throw new LedgerError("note", "A signature has a key id of four bytes and at least one more.", place);
	return {
		name,
		id: encodeHex(bytes.subarray(0, 4)),
		signature: bytes.subarray(4)
	};
}
function isNoteText(text) {
	return text.endsWith("\n") && text.isWellFormed() && !hasControl(text, "\n");
}
/** Whether two keys are the same public key, whatever their names. */
function isSameKey(a, b) {
	return equalBytes(a.publicKey, b.publicKey);
}

// packages/ledger/src/policy.ts
/**
* Trust policies (C2SP tlog-policy): which logs are known, which witnesses, and how many of them must have cosigned.
*
*     log <vkey>
*     witness <name> <vkey>
*     group <name> <k|any|all> <name>…
*     quorum <name|none>
*/
/**
* Verifies a checkpoint: a key that bears the name of its origin must have signed.
*
* A witness's cosignature alone is not enough, since it says nothing that the log did not say first.
*/
function openCheckpoint(crypto, note, keys) {
	const opened = openNote(crypto, note, keys);
	const checkpoint = parseCheckpoint(opened.text);
	if (!opened.verified.some(({ key }) => key.name === checkpoint.origin && key.type !== 4)) throw new LedgerError("signature", `The checkpoint is not signed by a trusted key of the log ${checkpoint.origin}.`);
	return {
		...checkpoint,
		note: opened
	};
}
/** A policy that trusts keys of logs and asks for no witness. */
function policyOfKeys(keys) {
	return {
		logs: keys.map((key) => ({ key })),
		witnesses: [],
		groups: [],
		quorum: "none"
	};
}
/** The text of a policy, in one spelling: no comments, single spaces, logs first, thresholds as numbers. */
function formatPolicy(policy) {
	return [
		...policy.logs.map(({ key, url }) => [
			"log",
			formatVkey(key),
			url
		]),
		...policy.witnesses.map(({ name, key, url }) => [
			"witness",
			name,
			formatVkey(key),
			url
		]),
		...policy.groups.map(({ name, threshold, members }) => [
			"group",
			name,
			threshold,
			...members
		]),
		["quorum", policy.quorum]
	].map((words) => `${words.filter((word) => word !== void 0).join(" ")}\n`).join("");
}
/** Parses a policy. @throws {LedgerError} `policy` or `key`, naming the line */
function parsePolicy(crypto, text) {
	const reading = new PolicyReading(crypto);
	const lines = text.split("\n");
	if (lines.pop() !== "") throw new LedgerError("policy", "Each line of a policy ends with a newline.");
	for (const [i, line] of lines.entries()) reading.line(line, `line ${i + 1}`);
	return reading.policy();
}
/**
* Verifies a checkpoint against a policy: signed by one of its logs under that log's name, cosigned by the quorum.
*
* @throws {LedgerError} `signature` or `policy`
*/
function acceptCheckpoint(crypto, policy, note) {
	const checkpoint = openCheckpoint(crypto, note, [...policy.logs, ...policy.witnesses].map(({ key }) => key));
	const { verified } = checkpoint.note;
	if (!verified.some(({ key }) => key.name === checkpoint.origin && policy.logs.some((log) => log.key === key))) throw new LedgerError("policy", `The policy does not list a key of the log ${checkpoint.origin} that signed.`);
	const witnessed = policy.witnesses.flatMap(({ name, key }) => {
		const cosignature = verified.find((signature) => signature.key === key);
		return cosignature === void 0 ? [] : [{
			name,
			posixTime: cosignature.posixTime ?? 0
		}];
	});
	const satisfied = /* @__PURE__ */ new Set(["none", ...witnessed.map(({ name }) => name)]);
	for (const { name, threshold, members } of policy.groups) if (members.filter((member) => satisfied.has(member)).length >= threshold) satisfied.add(name);
	if (!satisfied.has(policy.quorum)) throw new LedgerError("policy", `The checkpoint has ${witnessed.length} of the policy's cosignatures; the quorum "${policy.quorum}" is not met.`);
	return {
		...checkpoint,
		witnessed
	};
}
var PolicyReading = class {
	#crypto;
	#logs = [];
	#witnesses = [];
	#groups = [];
	#members = /* @__PURE__ */ new Set();
	#quorum;
	constructor(crypto) {
		this.#crypto = crypto;
	}
	line(line, place) {
		if (hasControl(line, "	") || line.includes("")) throw new LedgerError("policy", "A policy has no control characters.", place);
		const [keyword, ...words] = line.split(/[ \t]+/).filter((word) => word !== "");
		if (keyword === void 0 || keyword.startsWith("#")) return;
		if (keyword === "log" && (words.length === 1 || words.length === 2)) this.#log(words, place);
		else if (keyword === "witness" && (words.length === 2 || words.length === 3)) this.#witness(words, place);
		else if (keyword === "group" && words.length >= 3) this.#group(words, place);
		else if (keyword === "quorum" && words.length === 1 && this.#quorum === void 0) this.#setQuorum(words[0], place);
		else throw new LedgerError("policy", "The line is not log, witness, group or the one quorum with its words.", place);
	}
	policy() {
		if (this.#quorum === void 0) throw new LedgerError("policy", "A policy needs a line \"quorum\"; \"quorum none\" asks for no witness.");
		return {
			logs: this.#logs,
			witnesses: this.#witnesses,
			groups: this.#groups,
			quorum: this.#quorum
		};
	}
	#log([vkey = "", url], place) {
		const key = this.#key(vkey, this.#logs, place);
		this.#logs.push(url === void 0 ? { key } : {
			key,
			url
		});
	}
	#witness([name = "", vkey = "", url], place) {
		this.#claim(name, place);
		const key = this.#key(vkey, this.#witnesses, place);
		if (key.type === 1) throw new LedgerError("policy", "The key of a witness is of a cosignature type (4 or 6).", place);
		this.#witnesses.push(url === void 0 ? {
			name,
			key
		} : {
			name,
			key,
			url
		});
	}
	#group([name = "", rule = "", ...members], place) {
		for (const member of members) {
			if (!this.#isDefined(member)) throw new LedgerError("policy", "A member of the group is not defined on a line before.", place);
			if (this.#members.has(member)) throw new LedgerError("policy", "A member belongs to one group only.", place);
			this.#members.add(member);
		}
		const threshold = rule === "any" ? 1 : rule === "all" ? members.length : parseDecimal(rule);
		if (threshold === void 0 || threshold < 1 || threshold > members.length) throw new LedgerError("policy", "The threshold of a group is any, all, or 1 to its number of members.", place);
		this.#claim(name, place);
		this.#groups.push({
			name,
			threshold,
			members
		});
	}
	#setQuorum(name, place) {
		if (name !== "none" && !this.#isDefined(name)) throw new LedgerError("policy", "The quorum is not defined on a line before.", place);
		this.#quorum = name;
	}
	#key(vkey, others, place) {
		const key = atPlace(place, () => parseVkey(this.#crypto, vkey));
		if (others.some((other) => isSameKey(other.key, key))) throw new LedgerError("policy", "The public key is listed twice.", place);
		return key;
	}
	#claim(name, place) {
		if (name === "none" || this.#isDefined(name)) throw new LedgerError("policy", "The name is taken.", place);
	}
	#isDefined(name) {
		return this.#witnesses.some((witness) => witness.name === name) || this.#groups.some((group) => group.name === name);
	}
};
function atPlace(place, act) {
	try {
		return act();
	} catch (error) {
		if (error instanceof LedgerError) throw new LedgerError(error.code, error.reason, place);
		throw error;
	}
}

// packages/ledger/src/proof.ts
/**
* Proof files (C2SP tlog-proof): one entry's inclusion in a log, verifiable offline with a policy alone.
*
*     c2sp.org/tlog-proof@v1
*     index 73894
*     <base64 hash>…
*
*     <signed checkpoint>
*/
const header = "c2sp.org/tlog-proof@v1";
const maxHashes = 63;
/** Takes a proof file apart without trusting it. @throws {LedgerError} `proof` */
function parseProof(text) {
	const border = text.indexOf("\n\n");
	const lines = text.slice(0, Math.max(border, 0)).split("\n");
	if (lines.shift() !== header) throw new LedgerError("proof", `A proof file begins with the line ${header}.`, "line 1");
	const extraLine = lines[0]?.startsWith("extra ") ? lines.shift()?.slice(6) : void 0;
	const indexLine = lines.shift();
	const index = indexLine?.startsWith("index ") ? parseDecimal(indexLine.slice(6)) : void 0;
	if (index === void 0) throw new LedgerError("proof", "A proof file names the index of its entry: \"index\" and a decimal.");
	if (lines.length > maxHashes) throw new LedgerError("proof", `An inclusion proof has at most ${maxHashes} hashes.`);
	const hashes = lines.map((line, i) => decodeBase64(line, `proof hash ${i + 1}`));
	if (!hashes.every(isHash)) throw new LedgerError("proof", "Each hash of a proof has 32 bytes.");
	const proof = {
		index,
		hashes,
		checkpoint: text.slice(border + 2)
	};
	return extraLine === void 0 ? proof : {
		...proof,
		extra: decodeBase64(extraLine, "extra line")
	};
}
/**
* Verifies that an entry is in a log that the policy accepts.
*
* @throws {LedgerError} `proof`, `signature` or `policy`, with the reason
*/
function openProof(crypto, text, entry, policy) {
	const proof = parseProof(text);
	const accepted = acceptCheckpoint(crypto, policy, proof.checkpoint);
	const { size, root } = accepted;
	const claim = {
		index: proof.index,
		size,
		root,
		leafHash: leafHash(crypto, entry),
		proof: proof.hashes
	};
	if (!verifyInclusion(crypto, claim)) throw new LedgerError("proof", `The entry is not number ${proof.index} of the ${size} in the log ${accepted.origin}.`);
	return {
		...proof,
		accepted
	};
}

// packages/ledger/src/leaf.ts
/**
* The leaf: one event of a ledger, schema version 1. Final, because a ledger only grows.
*
* A leaf is RFC 8785 JSON of at most 4,096 bytes, stored exactly as hashed. It has no free text and no identifier of a
* person: words from closed lists, random ids, safe integers, times and commitments are all that the parser lets pass.
*
*     actor  {c, k}          who: commitment to who it was, and of what kind
*     at                     when: UTC with milliseconds, as the log's owner says (self-asserted)
*     code                   optional word from the type's own closed list: ground of an erasure, outcome of a check
*     head   {origin, root, size}   optional: head of another log (tenant.checkpoint, log.continued, timestamp.*)
*     key                    optional: base64(type ‖ public key) (key.*, witness.*)
*     links  [{idx, rel}]    earlier leaves of this log that this one is about
*     log                    origin of the log; a leaf copied into another log does not verify
*     obj    [{c, n, role}]  what: commitments to content, with its length in bytes; each role once
*     seq                    index of this leaf in its log
*     subj   {id, t}         about what: a random id and its kind
*     type                   what happened
*     v                      1
*
* Words that this version does not know (a later release's types, roles, kinds, relations, codes) are read and kept, and
* reported as unknown by {@link isKnownType}: a verifier of today must still be able to check the tree, order and
* commitments of a log of tomorrow. A member or a version that it does not know is refused.
*/
/** Longest leaf in bytes. Far below the format's 65,535: leaves are read by people and kept for ever. */
const maxLeafSize = 4096;
/**
* All types of events that this version writes. Extended by later versions, never changed.
*
* The first word is the noun of the thing; `tenant.checkpoint`, `witness.*` and `timestamp.*` stand in the instance log.
*/
const leafTypes = [
	"access.changed",
	"access.granted",
	"access.invited",
	"access.requested",
	"access.reviewed",
	"access.revoked",
	"access.used",
	"access.withdrawn",
	"account.changed",
	"account.created",
	"account.deleted",
	"account.erased",
	"account.factor-added",
	"account.factor-removed",
	"account.locked",
	"account.signed-in",
	"account.signed-out",
	"advisory.published",
	"agreement.changed",
	"agreement.created",
	"agreement.ended",
	"audit.answered",
	"audit.asked",
	"audit.closed",
	"audit.opened",
	"backup.deleted",
	"backup.failed",
	"backup.made",
	"breach.decided",
	"breach.notified",
	"certificate.added",
	"certificate.removed",
	"check.outcome",
	"check.run",
	"collection.failed",
	"collection.made",
	"comment.added",
	"comment.withdrawn",
	"connection.changed",
	"connection.created",
	"connection.deleted",
	"decision.recorded",
	"device.issued",
	"device.returned",
	"document.deleted",
	"document.read",
	"document.replaced",
	"duty.changed",
	"duty.created",
	"duty.missed",
	"duty.reminded",
	"duty.retired",
	"edition.drafted",
	"edition.published",
	"edition.reviewed",
	"edition.withdrawn",
	"environment.changed",
	"environment.created",
	"environment.deleted",
	"erasure.performed",
	"evidence.added",
	"evidence.expired",
	"evidence.replaced",
	"evidence.withdrawn",
	"exception.declared",
	"exception.expired",
	"exception.reminded",
	"exception.withdrawn",
	"export.created",
	"facts.approved",
	"facts.changed",
	"finding.assigned",
	"finding.closed",
	"finding.opened",
	"finding.reopened",
	"guideline.accepted",
	"guideline.approved",
	"guideline.changed",
	"guideline.retired",
	"holder.changed",
	"import.batch",
	"incident.changed",
	"incident.closed",
	"incident.opened",
	"installation.changed",
	"instruction.recorded",
	"key.compromised",
	"key.created",
	"key.rotated",
	"letterhead.changed",
	"log.continued",
	"log.frozen",
	"log.started",
	"mapping.changed",
	"mapping.confirmed",
	"mapping.withdrawn",
	"measure.changed",
	"measure.created",
	"measure.retired",
	"notice.published",
	"notice.sent",
	"notice.withdrawn",
	"notification.changed",
	"parameter.changed",
	"person.changed",
	"person.deleted",
	"person.joined",
	"person.left",
	"platform.acknowledged",
	"platform.reported",
	"processor.changed",
	"processor.created",
	"processor.ended",
	"processor.objected",
	"pseudonym.opened",
	"report.closed",
	"report.received",
	"request.changed",
	"request.closed",
	"request.received",
	"restore.failed",
	"restore.performed",
	"restore.proven",
	"retention.performed",
	"risk.assessed",
	"scope.changed",
	"shield.reported",
	"signoff.given",
	"signoff.withdrawn",
	"site.claimed",
	"site.lost",
	"site.proven",
	"site.released",
	"statement.changed",
	"statement.confirmed",
	"statement.created",
	"statement.ignored",
	"statement.merged",
	"statement.restored",
	"statement.split",
	"subscription.changed",
	"subscription.confirmed",
	"subscription.ended",
	"system.changed",
	"system.created",
	"system.deleted",
	"tenant.changed",
	"tenant.checkpoint",
	"tenant.closed",
	"tenant.created",
	"tenant.exported",
	"tenant.imported",
	"tenant.moved",
	"tenant.resumed",
	"tenant.suspended",
	"timestamp.failed",
	"timestamp.received",
	"token.created",
	"token.revoked",
	"training.completed",
	"webhook.changed",
	"webhook.created",
	"webhook.deleted",
	"witness.added",
	"witness.cosigned",
	"witness.failed",
	"witness.removed"
];
/** Whether this version knows a type of event. */
function isKnownType(type) {
	return knownTypes.has(type);
}
/** Whether a text may be the origin of an art32 log: `host[:port]/path…` in lower case, at most 200 characters. */
function isOrigin(text) {
	return text.length <= 200 && originPattern.test(text);
}
/** The head of a log as a leaf carries it. */
function leafHead(checkpoint) {
	return {
		origin: checkpoint.origin,
		root: encodeBase64(checkpoint.root),
		size: checkpoint.size
	};
}
/**
* A leaf from its bytes. Attacker-controlled.
*
* @param place  named in errors, for example the path of the entry bundle and the index
* @throws {LedgerError} `leaf` unless the bytes are exactly the canonical form of a leaf of version 1
*/
function parseLeaf(bytes, place) {
	if (bytes.length > 4096) throw refusal("leaf", `has ${bytes.length} bytes; at most ${maxLeafSize} are allowed`, place);
	const text = decodeUtf8(bytes, place);
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw refusal("leaf", "is not JSON", place);
	}
	checkLeaf(value, place);
	if (writeLeaf(value) !== text) throw refusal("leaf", "is not in canonical form (RFC 8785)", place);
	return value;
}
const knownTypes = new Set(leafTypes);
const originPattern = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:\/[a-z0-9](?:[a-z0-9._~-]*[a-z0-9])?)*$/;
const typePattern = /^[a-z][a-z0-9-]{0,31}(?:\.[a-z][a-z0-9-]{0,31}){1,3}$/;
const wordPattern = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;
const maxWordLength = 48;
const idPattern = /^[A-Za-z0-9_-]{16,64}$/;
const hashPattern = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
const timePattern = /^([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z$/;
const maxKeyLength = 1752;
const required = [
	"actor",
	"at",
	"links",
	"log",
	"obj",
	"seq",
	"subj",
	"type",
	"v"
];
const optional = [
	"code",
	"head",
	"key"
];
/** Refuses whatever is not a leaf; asserts, so that nothing is copied on the fast path. */
function checkLeaf(value, place) {
	const leaf = members(value, "leaf", required, optional, place);
	if (leaf["v"] !== 1) throw refusal("v", "is not 1: this leaf needs a newer verifier", place);
	const actor = members(leaf["actor"], "actor", ["c", "k"], [], place);
	checkHash(actor["c"], "actor.c", place);
	checkWord(actor["k"], "actor.k", place);
	checkTime(leaf["at"], place);
	if (leaf["code"] !== void 0) checkWord(leaf["code"], "code", place);
	if (leaf["head"] !== void 0) checkHead$1(leaf["head"], place);
	if (leaf["key"] !== void 0) checkKey(leaf["key"], place);
	checkOrigin(leaf["log"], "log", place);
	const seq = checkCount(leaf["seq"], "seq", place);
	for (const [i, link] of items(leaf["links"], "links", place)) {
		const { idx, rel } = members(link, `links[${i}]`, ["idx", "rel"], [], place);
		if (checkCount(idx, `links[${i}].idx`, place) >= seq) throw refusal(`links[${i}].idx`, "is not an earlier leaf", place);
		checkWord(rel, `links[${i}].rel`, place);
	}
	const roles = /* @__PURE__ */ new Set(["actor"]);
	for (const [i, object] of items(leaf["obj"], "obj", place)) {
		const { c, n, role } = members(object, `obj[${i}]`, [
			"c",
			"n",
			"role"
		], [], place);
		checkHash(c, `obj[${i}].c`, place);
		checkCount(n, `obj[${i}].n`, place);
		checkWord(role, `obj[${i}].role`, place);
		if (roles.has(role)) throw refusal(`obj[${i}].role`, "occurs twice or is \"actor\"", place);
		roles.add(role);
	}
	const subj = members(leaf["subj"], "subj", ["id", "t"], [], place);
	if (typeof subj["id"] !== "string" || !idPattern.test(subj["id"])) throw refusal("subj.id", "is not a random id", place);
	checkWord(subj["t"], "subj.t", place);
	if (typeof leaf["type"] !== "string" || !typePattern.test(leaf["type"])) throw refusal("type", "is not words joined by dots", place);
}
function checkHead$1(value, place) {
	const head = members(value, "head", [
		"origin",
		"root",
		"size"
	], [], place);
	checkOrigin(head["origin"], "head.origin", place);
	checkHash(head["root"], "head.root", place);
	checkCount(head["size"], "head.size", place);
}
function checkKey(value, place) {
	if (typeof value !== "string" || value.length > maxKeyLength) throw refusal("key", "is not a public key", place);
	decodeBase64(value, place === void 0 ? "key" : `${place} key`);
}
function members(value, name, needed, allowed, place) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw refusal(name, "is not an object", place);
	const record = value;
	if (Object.keys(record).find((key) => !needed.includes(key) && !allowed.includes(key)) !== void 0) throw refusal(name, "has a member that version 1 does not know", place);
	const missing = needed.find((key) => !Object.hasOwn(record, key));
	if (missing !== void 0) throw refusal(name, `lacks "${missing}"`, place);
	return record;
}
function items(value, name, place) {
	if (!Array.isArray(value)) throw refusal(name, "is not an array", place);
	return value.entries();
}
function checkHash(value, name, place) {
	if (typeof value !== "string" || !hashPattern.test(value)) throw refusal(name, "is not 32 bytes in base64", place);
}
function checkWord(value, name, place) {
	if (typeof value !== "string" || value.length > maxWordLength || !wordPattern.test(value)) throw refusal(name, "is not a word in lower case", place);
}
function checkOrigin(value, name, place) {
	if (typeof value !== "string" || !isOrigin(value)) throw refusal(name, "is not the origin of a log", place);
}
function checkCount(value, name, place) {
	if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw refusal(name, "is not a safe, non-negative integer", place);
	return value;
}
function checkTime(value, place) {
	const digits = typeof value === "string" ? timePattern.exec(value) : null;
	if (digits) {
		const [, year, month, day] = digits.map(Number);
		if (day <= daysIn(year, month)) return;
	}
	throw refusal("at", "is not a UTC time with milliseconds", place);
}
function daysIn(year, month) {
	if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
	return [
		4,
		6,
		9,
		11
	].includes(month) ? 30 : 31;
}
/** Canonical form, written directly: the members in order, and no checked string needs an escape. */
function writeLeaf(leaf) {
	const code = leaf.code === void 0 ? "" : `"code":"${leaf.code}",`;
	const head = leaf.head === void 0 ? "" : `"head":{"origin":"${leaf.head.origin}","root":"${leaf.head.root}","size":${leaf.head.size}},`;
	const key = leaf.key === void 0 ? "" : `"key":"${leaf.key}",`;
	const links = leaf.links.map(({ idx, rel }) => `{"idx":${idx},"rel":"${rel}"}`).join(",");
	const obj = leaf.obj.map(({ c, n, role }) => `{"c":"${c}","n":${n},"role":"${role}"}`).join(",");
	return `{"actor":{"c":"${leaf.actor.c}","k":"${leaf.actor.k}"},"at":"${leaf.at}",${code}${head}${key}"links":[${links}],"log":"${leaf.log}","obj":[${obj}],"seq":${leaf.seq},"subj":{"id":"${leaf.subj.id}","t":"${leaf.subj.t}"},"type":"${leaf.type}","v":1}`;
}
function refusal(name, reason, place) {
	return new LedgerError("leaf", `"${name}" ${reason}.`, place);
}

// packages/ledger/src/verify-text.ts
/**
* The text of VERIFY.md in a bundle of format `art32.bundle/1`: how to check it with GNU coreutils, bash and OpenSSL alone.
*
* It is part of the format, byte for byte: a verifier compares it, because nothing else in the bundle vouches for it, and a
* changed instruction is the cheapest forgery. Who changes a word adds the hash of what was there before to
* {@link earlierVerifyTexts}, since bundles stay as they were made.
*
* No text out of a file may get into $((…)): bash would run a command that hides in it.
*/
const verifyText = String.raw`# How to check this bundle without trusting us

This folder is a complete, signed record (a C2SP tiled transparency log) of one provider's measures and of one edition of
its TOM document. The commands below need bash, GNU coreutils, grep, sed and OpenSSL 1.1.1 or newer, and no network. Run them in this
folder. What they show: nothing in the record was changed, removed or put in another order since the checkpoint was signed.
What they do not show: that the provider's own observations are true, and that its clock was right.

## 0. The short way

Where Node.js 20.19 or newer is at hand, "node files/art32-verify.mjs ." checks all of the below and what the edition claims, in
this folder and without a network; where that file is missing, an earlier release made the bundle. The file came with what it
checks: compare what "sha256sum files/art32-verify.mjs" prints with the hash that art32 publishes with each release, in
docs/reference/verifier.md, or take the file from there. Whoever trusts neither goes on by hand.

## 1. The key

The line "log" in policy.txt is the provider's public key. Compare it with what you got another way (the annex of your
contract, the trust page, DNS). A bundle cannot vouch for its own key.

    cat policy.txt
    work="$(mktemp -d)"

## 2. The signature

    origin="$(head -n 1 checkpoint)"
    vkey="$(grep -F "log $origin+" policy.txt | head -n 1 | cut -d ' ' -f 2)"
    { printf '\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00'; echo "$vkey" | cut -d + -f 3- | base64 -d | tail -c 32; } > "$work/key.der"
    grep "^— $origin " checkpoint | head -n 1 | sed 's/.* //' | base64 -d | tail -c 64 > "$work/signature"
    sed '/^$/,$d' checkpoint > "$work/text"
    openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" -rawin -in "$work/text" -sigfile "$work/signature"

"Signature Verified Successfully" is the right answer.

## 3. The record belongs to the signature

Recomputes the root of the tree from every entry and compares it with the third line of the checkpoint (RFC 6962).
A thousand entries take about ten seconds.

    size="$(sed -n 2p checkpoint)"
    i=0
    for tile in $(find tile/entries -type f | sed 's/[.]p.*//' | LC_ALL=C sort); do
      file="$tile"; [ -f "$file" ] || file="$(echo "$tile".p/*)"
      at=0; end="$(stat -c %s "$file")"
      while [ "$at" -lt "$end" ]; do
        set -- $(od -An -tu1 -j "$at" -N 2 "$file"); length=$(($1 * 256 + $2))
        tail -c +$((at + 3)) "$file" | head -c "$length" > "$work/$i.json"
        { printf '\0'; cat "$work/$i.json"; } | openssl dgst -sha256 -binary > "$work/$i.hash"
        at=$((at + 2 + length)); i=$((i + 1))
      done
    done
    [ "$i" = "$size" ] && echo "all $size entries are here" || echo "NOT $size BUT $i ENTRIES"
    root() { # root FROM TO: writes the hash over these leaves
      if [ $(($2 - $1)) = 1 ]; then cat "$work/$1.hash"; return; fi
      local width=1; while [ $((width * 2)) -lt $(($2 - $1)) ]; do width=$((width * 2)); done
      { printf '\1'; root "$1" $(($1 + width)); root $(($1 + width)) "$2"; } | openssl dgst -sha256 -binary
    }
    [ "$i" -gt 0 ] && [ "$(root 0 "$i" | base64)" = "$(sed -n 3p checkpoint)" ] && echo "root is right" || echo "ROOT DIFFERS"

Each file N.json in the folder $work is now an entry as it was recorded; its "seq" is N and its "log" is the first line of the checkpoint.

## 4. Contents belong to the record

A leaf holds commitments, SHA-256 over 32 random bytes and the content. Those that are opened here:

    for salt in openings/*/*.salt; do
      content="${"$"}{salt%.salt}.content"; leaf="$(basename "$(dirname "$salt")")"
      c="$(cat "$salt" "$content" | openssl dgst -sha256 -binary | base64)"
      grep -qF "\"c\":\"$c\"" "$work/$leaf.json" && echo "opens   $content" || echo "DOES NOT OPEN $content"
    done

A commitment without an opening is withheld or erased; that it was recorded stays proven.

## 5. Files of the edition

The edition's content names the SHA-256 of every file.

    edition="$(sed 's/.*"editionLeaf":\([0-9]*\).*/\1/' bundle.json | tr -cd 0-9)"
    for file in files/*; do
      grep -qF "\"$(sha256sum < "$file" | cut -c 1-64)\"" "openings/$edition/content.content" && echo "right   $file" || echo "WRONG   $file"
    done

## 6. Other tools

checkpoint and tile/ are a log in the format of c2sp.org/tlog-tiles, policy.txt one of c2sp.org/tlog-policy, and
instance/tenant.tlog-proof one of c2sp.org/tlog-proof: any tool for these formats reads them, for example Go's
golang.org/x/mod/sumdb/tlog.
`.replaceAll("${'$'}", "$");
/** SHA-256 in hexadecimal of the texts that earlier releases put into bundles of this format. */
const earlierVerifyTexts = ["84f72205c99225818a9702ac7e9fa2e2a600106ac2c39cf401bf06be072d2907"];

// packages/ledger/src/bundle.ts
/**
* The proof bundle: everything a stranger needs to check an edition offline, as a map of paths to bytes. How the map is
* packed (zip, folder) is the caller's affair. Format `art32.bundle/1`:
*
*     bundle.json                       canonical JSON {created, editionLeaf, format, origin}; created = the edition leaf's time
*     policy.txt                        C2SP tlog-policy: keys of the logs, one spelling, no comments
*     checkpoint                        the tenant log's signed checkpoint
*     tile/entries/…, tile/<L>/…        the whole log to the checkpoint's size (C2SP tlog-tiles)
*     openings/<index>/<role>.salt      32 bytes, and
*     openings/<index>/<role>.content   the content that opens the commitment of this role in leaf <index> (`actor` for its actor)
*     files/<name>                      further files; the edition's content is JSON whose member `files` maps each name to
*                                       its SHA-256 in lower-case hexadecimal
*     instance/checkpoint, instance/leaf, instance/tenant.tlog-proof
*                                       all or none: a leaf `tenant.checkpoint` of the instance log with a head of this log
*     VERIFY.md                         how to check with coreutils and OpenSSL, byte for byte as in verify-text.ts or as
*                                       an earlier release wrote it
*
* Every byte is accounted for: a path that nothing vouches for makes a bundle fail, as does each changed byte. Commitments
* without an opening are reported as withheld or erased and do not fail.
*/
/** The one format of this version. */
const bundleFormat = "art32.bundle/1";
/** The name of a slot in {@link BundleReport.opened}: `12/content`. */
function slotName({ index, role }) {
	return `${index}/${role}`;
}
/**
* Checks a bundle. Attacker-controlled throughout; nothing of it is believed before it is checked.
*
* @param trust.keys  keys that the caller got another way; without them the bundle's own are used, and the report says so
* @param trust.held  signed checkpoints of this log that the caller kept from before: the log must continue each of them
* @throws {LedgerError} `bundle` when it cannot be read at all: no manifest, or one of another format
*/
function verifyBundle(crypto, bundle, trust = {}) {
	const check = new BundleCheck(crypto, bundle, readManifest(bundle));
	check.manifest();
	check.key(trust.keys);
	check.signature();
	check.entries();
	check.root();
	check.leaves();
	check.openings();
	check.edition();
	check.files();
	check.instance(trust.keys);
	check.held(trust.held ?? []);
	check.coverage();
	return check.report();
}
/** The hashes of every tile level, from level 0 up, and the root over all. */
function hashTiles(crypto, leafHashes) {
	const levels = [];
	const frontier = appendLeaves(crypto, emptyFrontier, leafHashes, (level, _index, hash) => {
		if (level % 8 === 0) (levels[level / 8] ??= []).push(hash);
	});
	return {
		levels,
		root: frontierRoot(crypto, frontier)
	};
}
function joinHashes(hashes) {
	const bytes = new Uint8Array(hashes.length * 32);
	for (const [i, hash] of hashes.entries()) bytes.set(hash, i * 32);
	return bytes;
}
function readManifest(bundle) {
	const place = "bundle.json";
	const bytes = bundle.get(place);
	if (bytes === void 0) throw new LedgerError("bundle", "This is not a proof bundle: the file is missing.", place);
	const text = textOr(bytes, () => new LedgerError("bundle", "This is not a proof bundle: the file is not UTF-8.", place));
	const members = asRecord(jsonOr(text, () => new LedgerError("bundle", "This is not a proof bundle: the file is not JSON.", place)));
	if (members?.["format"] !== "art32.bundle/1") throw new LedgerError("bundle", `This verifier reads bundles of the format ${bundleFormat} only; get the one that fits the bundle.`, place);
	const { created, editionLeaf, origin } = members;
	const isWhole = canonicalize(members) === text && Object.keys(members).join() === "created,editionLeaf,format,origin" && typeof editionLeaf === "number" && Number.isSafeInteger(editionLeaf) && editionLeaf >= 0 && typeof origin === "string" && isOrigin(origin);
	return {
		created,
		editionLeaf: typeof editionLeaf === "number" ? editionLeaf : NaN,
		origin: typeof origin === "string" ? origin : "",
		fault: isWhole ? void 0 : "The manifest is not canonical JSON of created, editionLeaf, format and origin."
	};
}
const maxFaultsPerStep = 20;
const fileName = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;
var BundleCheck = class {
	#crypto;
	#bundle;
	#manifest;
	#steps = [];
	#unread;
	#opened = /* @__PURE__ */ new Map();
	#notProven = [];
	#policy;
	#keys = [];
	#keyFrom = "bundle";
	#checkpoint;
	#entries;
	#leafHashes = [];
	/** Leaves that something is opened of, and the edition's: to keep a million others would be most of the memory. */
	#leaves = /* @__PURE__ */ new Map();
	/** Leaves that can be read and are in their place, and those of them whose type a newer version wrote. */
	#sound = 0;
	#unknown = 0;
	/** How many commitments have no opening. */
	#withheld = 0;
	#editionFiles;
	#instanceTime;
	constructor(crypto, bundle, manifest) {
		this.#crypto = crypto;
		this.#bundle = bundle;
		this.#manifest = manifest;
		this.#unread = new Set(bundle.keys());
	}
	manifest() {
		this.#unread.delete("bundle.json");
		this.#step("manifest", "bundle.json", "The manifest can be read.", () => {
			if (this.#manifest.fault !== void 0) this.#fault("manifest", "bundle.json", this.#manifest.fault);
		});
	}
	key(trusted) {
		const { origin } = this.#manifest;
		const place = "policy.txt";
		this.#step("key", place, `The key of the log ${origin} is known.`, () => {
			const text = this.#text(place);
			const policy = parsePolicy(this.#crypto, text);
			if (formatPolicy(policyOfKeys(policy.logs.map(({ key }) => key))) !== text) this.#fault("key", place, "The policy is not just the keys of the logs and \"quorum none\" in their one spelling.");
			const names = /* @__PURE__ */ new Set([origin, ...this.#bundle.has("instance/leaf") ? [this.#instanceOrigin()] : []]);
			const foreign = policy.logs.find(({ key }) => !names.has(key.name));
			if (foreign !== void 0) this.#fault("key", place, `The key ${foreign.key.name}+${foreign.key.id} belongs to no log of this bundle.`);
			this.#policy = policy;
			const own = policy.logs.map(({ key }) => key).filter(({ name }) => name === origin);
			this.#keys = own;
			if (own.length === 0) this.#fault("key", place, `The policy has no key of the log ${origin}.`);
			if (trusted === void 0) return;
			this.#keyFrom = "caller";
			this.#keys = own.filter(({ id, publicKey }) => trusted.some((key) => key.name === origin && key.id === id && equalBytes(key.publicKey, publicKey)));
			if (this.#keys.length === 0) this.#fault("key", place, `No key of the log ${origin} is one that you trust.`);
		});
	}
	signature() {
		const place = "checkpoint";
		this.#step("signature", place, "The checkpoint is signed by the key of the log.", () => {
			const note = this.#text(place);
			const checkpoint = acceptCheckpoint(this.#crypto, policyOfKeys(this.#keys), note);
			if (checkpoint.origin !== this.#manifest.origin) this.#fault("signature", place, `The checkpoint is of the log ${checkpoint.origin}, the manifest speaks of ${this.#manifest.origin}.`);
			if (checkpoint.extensions !== void 0) this.#fault("signature", place, "The checkpoint has lines after its root.");
			this.#checkLines(place, checkpoint);
			this.#checkpoint = checkpoint;
		});
	}
	entries() {
		const size = this.#sizeToRead();
		if (size === void 0) return;
		this.#step("entries", "tile/entries", `All ${size} entries are here.`, () => {
			if (Math.ceil(size / 256) > this.#bundle.size) {
				this.#fault("entries", "tile/entries", `The checkpoint has ${size} entries; there are not enough files to hold them.`);
				return;
			}
			const entries = [];
			for (const tile of tilesOf(size)) {
				const path = tilePath(tile);
				const bytes = this.#bytes(path);
				if (tile.level !== "entries") continue;
				const decoded = decodeEntries(bytes, path);
				if (decoded.length !== tile.width) throw new LedgerError("tile", `The file should hold ${tile.width} entries and holds ${decoded.length}.`, path);
				for (const entry of decoded) entries.push(entry);
			}
			this.#entries = entries;
			this.#leafHashes = entries.map((entry) => leafHash(this.#crypto, entry));
		});
	}
	root() {
		const entries = this.#entries;
		const checkpoint = this.#checkpoint;
		if (entries === void 0 || checkpoint === void 0) return;
		this.#step("root", "checkpoint", "The root over all entries is the one that was signed.", () => {
			const { levels, root } = hashTiles(this.#crypto, this.#leafHashes);
			const holds = equalBytes(root, checkpoint.root);
			if (!holds) this.#locateChange(entries.length, checkpoint.root);
			for (const tile of tilesOf(checkpoint.size)) {
				if (tile.level === "entries" || !holds) continue;
				const start = tile.index * 256;
				const hashes = joinHashes(levels[tile.level]?.slice(start, start + tile.width) ?? []);
				if (!equalBytes(hashes, this.#bytes(tilePath(tile)))) this.#fault("root", tilePath(tile), "The hashes in this tile are not those of the entries.");
			}
		});
	}
	leaves() {
		const entries = this.#entries;
		if (entries === void 0) return;
		const { origin } = this.#manifest;
		this.#step("leaves", "tile/entries", "Every entry is a leaf of this log and in its place.", () => {
			const shown = new Set([...this.#bundle.keys()].map((path) => /^openings\/([0-9]+)\//.exec(path)?.[1]));
			for (const [index, bytes] of entries.entries()) try {
				const leaf = parseLeaf(bytes);
				if (leaf.seq === index && leaf.log === origin) this.#keep(leaf, shown.has(String(index)));
				else if (leaf.log === origin) this.#fault("leaves", this.#placeOfEntry(index), `The leaf was recorded as number ${leaf.seq}.`);
				else this.#fault("leaves", this.#placeOfEntry(index), `The leaf was recorded in the log ${leaf.log}.`);
			} catch (error) {
				if (!(error instanceof LedgerError)) throw error;
				this.#fault("leaves", this.#placeOfEntry(index), error.reason);
			}
		});
	}
	openings() {
		this.#step("openings", "openings", "Every content that is shown is the one that was recorded.", () => {
			for (const leaf of this.#leaves.values()) {
				this.#open({
					index: leaf.seq,
					role: "actor"
				}, leaf.actor.c);
				for (const { role, c, n } of leaf.obj) this.#open({
					index: leaf.seq,
					role
				}, c, n);
			}
		});
	}
	edition() {
		const { editionLeaf, created } = this.#manifest;
		const leaf = this.#leaves.get(editionLeaf);
		const place = `openings/${editionLeaf}/content.content`;
		this.#step("edition", place, `The edition is the one recorded as leaf ${editionLeaf}.`, () => {
			if (leaf === void 0) {
				this.#fault("edition", "bundle.json", `There is no readable leaf ${editionLeaf}, which should record the edition.`);
				return;
			}
			if (leaf.type !== "edition.published" && leaf.type !== "edition.drafted") this.#fault("edition", "bundle.json", `Leaf ${editionLeaf} records ${leaf.type}, not an edition.`);
			if (leaf.at !== created) this.#fault("edition", "bundle.json", `The edition was recorded at ${leaf.at}; the manifest says otherwise.`);
			const content = this.#opened.get(slotName({
				index: editionLeaf,
				role: "content"
			}));
			if (content === void 0) {
				const isGone = !this.#bundle.has(place) && !this.#bundle.has(`openings/${editionLeaf}/content.salt`);
				this.#fault("edition", place, isGone ? "The content of the edition was erased or is withheld: the log shows that an edition was recorded here and when, and nobody can check what it said." : "The content of the edition is missing or not the one recorded.");
				return;
			}
			this.#editionFiles = asRecord(asRecord(parseJson(decodeUtf8(content, place)))?.["files"]);
			if (this.#editionFiles === void 0) this.#fault("edition", place, "The content of the edition has no member \"files\".");
		});
	}
	files() {
		const listed = Object.entries(this.#editionFiles ?? {});
		this.#step("files", "files", "Every file is the one that the edition names.", () => {
			for (const [name, sha256] of listed) this.#guard("files", `files/${name}`, () => {
				if (!fileName.test(name)) throw new LedgerError("bundle", "The edition names a file in a way that is no plain file name.");
				const bytes = this.#bytes(`files/${name}`);
				if (encodeHex(this.#crypto.sha256(bytes)) !== sha256) this.#fault("files", `files/${name}`, "The file is not the one that the edition names: its SHA-256 differs.");
			});
		});
	}
	instance(trusted) {
		const place = "instance/tenant.tlog-proof";
		if (![
			"instance/leaf",
			"instance/checkpoint",
			place
		].some((path) => this.#bundle.has(path))) {
			this.#notProven.push("That anybody but the publisher has seen this log: no proof of an instance log is in the bundle.");
			return;
		}
		this.#step("instance", place, "The installation recorded a head of this log in its own log.", () => {
			const bytes = this.#bytes("instance/leaf");
			const leaf = parseLeaf(bytes, "instance/leaf");
			const listed = (this.#policy?.logs ?? []).map(({ key }) => key).filter(({ name }) => name === leaf.log);
			const chosen = (trusted ?? []).filter(({ name }) => name === leaf.log);
			if (chosen.length === 0) this.#notProven.push(`Who runs the log ${leaf.log}: its key was taken from the bundle.`);
			const policy = policyOfKeys(chosen.length === 0 ? listed : chosen);
			const text = this.#text(place);
			const proof = openProof(this.#crypto, text, bytes, policy);
			if (proof.extra !== void 0) this.#fault("instance", place, "The proof has an extra line, for which nothing vouches.");
			if (proof.checkpoint !== this.#text("instance/checkpoint")) this.#fault("instance", "instance/checkpoint", "The checkpoint is not the one in the proof.");
			this.#checkLines("instance/checkpoint", proof.accepted);
			if (proof.accepted.origin !== leaf.log || proof.index !== leaf.seq) this.#fault("instance", "instance/leaf", `The leaf was recorded as number ${leaf.seq} of the log ${leaf.log}.`);
			this.#checkHead(leaf);
			this.#instanceTime = leaf.at;
		});
	}
	held(held) {
		if (held.length === 0) {
			this.#notProven.push("That the log was not replaced as a whole: keep this checkpoint and give it to the next verification.");
			return;
		}
		this.#step("held", "checkpoint", "The log continues the checkpoints that you kept.", () => {
			for (const note of held) {
				const old = acceptCheckpoint(this.#crypto, policyOfKeys(this.#keys), note);
				const { size } = old;
				if (old.origin !== this.#manifest.origin) this.#fault("held", "checkpoint", `The checkpoint that you kept is of the log ${old.origin}.`);
				else if (size > this.#leafHashes.length) this.#fault("held", "checkpoint", `You kept a checkpoint of ${size} entries; the log was cut to ${this.#leafHashes.length}.`);
				else if (!equalBytes(treeRoot(this.#crypto, this.#leafHashes.slice(0, size)), old.root)) this.#fault("held", "checkpoint", `The first ${size} entries are not those of the checkpoint that you kept: the log was rewritten.`);
			}
		});
	}
	coverage() {
		this.#step("coverage", "VERIFY.md", "Every file of the bundle is vouched for.", () => {
			const instructions = this.#text("VERIFY.md");
			if (instructions !== verifyText && !this.#isEarlier(instructions)) this.#fault("coverage", "VERIFY.md", "The instructions are not those of this format.");
			if (this.#steps.some(({ ok }) => !ok)) return;
			for (const path of this.#unread) this.#fault("coverage", path, "Nothing in the bundle vouches for this file.");
		});
	}
	#isEarlier(instructions) {
		return earlierVerifyTexts.includes(encodeHex(this.#crypto.sha256(encodeUtf8(instructions))));
	}
	report() {
		const { origin, editionLeaf } = this.#manifest;
		const holds = this.#steps.every(({ ok }) => ok);
		return {
			holds,
			steps: this.#steps,
			proven: holds ? this.#proven() : [],
			notProven: this.#unproven(),
			origin,
			editionLeaf,
			size: this.#sound,
			edition: this.#leaves.get(editionLeaf),
			opened: this.#opened,
			withheld: this.#withheld,
			keyFrom: this.#keyFrom
		};
	}
	#proven() {
		const size = this.#sound;
		const { origin, editionLeaf } = this.#manifest;
		const sentences = [
			`The log ${origin} holds ${size} entries, and none was changed, removed or moved since its checkpoint was signed.`,
			`The edition, recorded as leaf ${editionLeaf} at ${this.#leaves.get(editionLeaf)?.at}, and its ${Object.keys(this.#editionFiles ?? {}).length} files are unchanged.`,
			`${this.#opened.size} contents are shown and are those that were recorded.`
		];
		if (this.#instanceTime !== void 0) sentences.push(`The installation recorded a head of this log in its own log, by its clock at ${this.#instanceTime}.`);
		return sentences;
	}
	#unproven() {
		const sentences = [
			"That what was observed is true: the publisher tests itself.",
			"When things happened: the times are the publisher’s own, unless a witness or a time stamp says more.",
			...this.#notProven
		];
		if (this.#keyFrom === "bundle") sentences.unshift("Who made this: the key was taken from the bundle itself. Compare it with one that you got another way.");
		if (this.#withheld > 0) sentences.push(`What ${this.#withheld} commitments stand for: they are withheld or erased.`);
		if (this.#unknown > 0) sentences.push(`What ${this.#unknown} entries mean: a newer version wrote types that this verifier does not know.`);
		if ((this.#checkpoint?.note.unchecked.length ?? 0) > 0) sentences.push("The ML-DSA-44 signature: this verifier cannot check it.");
		return sentences;
	}
	/** Finds the entries that do not belong to the signed root, by tiles that do. */
	#locateChange(size, root) {
		const told = tilesOf(size).flatMap((tile) => tile.level === 0 ? splitHashes(this.#bytes(tilePath(tile))) : []);
		if (!(told.every((hash) => hash.length === 32) && equalBytes(treeRoot(this.#crypto, told), root))) {
			this.#fault("root", "checkpoint", "The root over the entries is not the one that was signed; more than one file was changed.");
			return;
		}
		for (const [i, hash] of this.#leafHashes.entries()) {
			const signed = told[i];
			if (signed !== void 0 && !equalBytes(signed, hash)) this.#fault("root", this.#placeOfEntry(i), "This entry is not the one that was signed.");
		}
	}
	/** Made only for what is at fault: a million of them would be most of the memory. */
	#placeOfEntry(index) {
		const size = this.#entries?.length ?? 0;
		const start = index - index % 256;
		const width = Math.min(256, size - start);
		return `${tilePath({
			level: "entries",
			index: start / 256,
			width
		})} leaf ${index}`;
	}
	#keep(leaf, isShown) {
		this.#sound += 1;
		if (!isKnownType(leaf.type)) this.#unknown += 1;
		if (isShown || leaf.seq === this.#manifest.editionLeaf) this.#leaves.set(leaf.seq, leaf);
		else this.#withheld += 1 + leaf.obj.length;
	}
	#open(slot, commitment, length) {
		const path = `openings/${slotName(slot)}`;
		if ([`${path}.salt`, `${path}.content`].filter((name) => this.#bundle.has(name)).length === 0) {
			this.#withheld += 1;
			return;
		}
		this.#guard("openings", path, () => {
			const salt = this.#bytes(`${path}.salt`);
			const content = this.#bytes(`${path}.content`);
			if (!isOpenedBy(this.#crypto, commitment, salt, content)) this.#fault("openings", `${path}.content`, `This is not the content (or not the salt) that leaf ${slot.index} recorded.`);
			else if (length !== void 0 && length !== content.length) this.#fault("openings", `${path}.content`, `Leaf ${slot.index} recorded a length of ${length} bytes.`);
			else this.#opened.set(slotName(slot), content);
		});
	}
	#checkHead(leaf) {
		const place = "instance/leaf";
		const { head, type } = leaf;
		if (type !== "tenant.checkpoint" || head === void 0 || head.origin !== this.#manifest.origin) this.#fault("instance", place, "The leaf does not record a head of this log.");
		else if (head.size > this.#leafHashes.length) this.#fault("instance", place, `The installation recorded ${head.size} entries; the bundle has ${this.#leafHashes.length}.`);
		else {
			const root = treeRoot(this.#crypto, this.#leafHashes.slice(0, head.size));
			if (leafHead({
				origin: head.origin,
				size: head.size,
				root
			}).root !== head.root) this.#fault("instance", place, `The installation recorded another root over the first ${head.size} entries.`);
		}
	}
	/** Each signature line must be of a key in the policy: an unknown one would be bytes that nothing vouches for. */
	#checkLines(place, checkpoint) {
		const listed = (this.#policy?.logs ?? []).map(({ key }) => key);
		const stray = checkpoint.note.unknown.find(({ name, id }) => !listed.some((key) => key.name === name && key.id === id));
		if (stray !== void 0) this.#fault("signature", place, `The signature by ${stray.name}+${stray.id} is of a key that policy.txt does not list.`);
	}
	/** The size to read entries by: as signed, else as the unsigned checkpoint says, so that more faults can be named. */
	#sizeToRead() {
		if (this.#checkpoint !== void 0) return this.#checkpoint.size;
		try {
			return parseCheckpoint(parseNote(decodeUtf8(this.#bundle.get("checkpoint") ?? /* @__PURE__ */ new Uint8Array(0))).text).size;
		} catch {
			return;
		}
	}
	#instanceOrigin() {
		return parseLeaf(this.#bytes("instance/leaf"), "instance/leaf").log;
	}
	#bytes(path) {
		const bytes = this.#bundle.get(path);
		if (bytes === void 0) throw new LedgerError("bundle", "The file is missing.", path);
		this.#unread.delete(path);
		return bytes;
	}
	#text(path) {
		return decodeUtf8(this.#bytes(path), path);
	}
	/** Runs a step; it holds when it reports no fault. */
	#step(id, place, say, act) {
		const before = this.#steps.length;
		this.#guard(id, place, act);
		if (this.#steps.length === before) this.#steps.push({
			id,
			ok: true,
			place,
			say
		});
	}
	/** Turns a refusal of foreign bytes into a fault at its place. */
	#guard(id, place, act) {
		try {
			act();
		} catch (error) {
			if (!(error instanceof LedgerError)) throw error;
			this.#fault(id, this.#placeOf(error, place), error.reason);
		}
	}
	/** Parsers name a line or a member; the path before it comes from here, unless they know it. */
	#placeOf(error, path) {
		if (error.place === void 0 || error.place === path) return path;
		return error.place.includes("/") || this.#bundle.has(error.place) ? error.place : `${path} ${error.place}`;
	}
	#fault(id, place, say) {
		if (this.#steps.filter((step) => step.id === id && !step.ok).length < maxFaultsPerStep) this.#steps.push({
			id,
			ok: false,
			place,
			say
		});
	}
};
function asRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : void 0;
}
function textOr(bytes, refusal) {
	try {
		return decodeUtf8(bytes);
	} catch {
		throw refusal();
	}
}
function jsonOr(text, refusal) {
	try {
		return parseJson(text);
	} catch {
		throw refusal();
	}
}

// apps/cli/src/fetch-bytes.ts
/**
* Fetches a body up to a limit.
*
* @throws {Refusal} no answer, another status than 200, or too large
*/
async function fetchBytes(url, { limit, milliseconds }) {
	try {
		const answer = await fetch(url, { signal: AbortSignal.timeout(milliseconds) });
		if (answer.status !== 200) {
			await answer.body?.cancel();
			throw new Refusal(answer.status >= 500 ? `${url.host} answered with status ${answer.status}: it could not give out what is published there. Ask who publishes it.` : `${url.host} answered with status ${answer.status}: nothing is published at this address.`);
		}
		return {
			bytes: await readBody(answer, limit),
			from: answer.url
		};
	} catch (error) {
		throw unanswered(error, url) ?? error;
	}
}
/** Reads the body of an answer; more than the limit is refused before it is held. @throws {Refusal} too large */
async function readBody(answer, limit) {
	const parts = [];
	let size = 0;
	const body = answer.body ?? [];
	for await (const part of body) {
		size += part.byteLength;
		if (size > limit) throw new Refusal(`The answer is larger than ${limit} bytes and was not read to its end.`);
		parts.push(part);
	}
	return Buffer.concat(parts);
}
/** The sentence for a server that does not answer; undefined for other errors. */
function unanswered(error, url) {
	if (error instanceof Refusal) return error;
	if (error instanceof DOMException && error.name === "TimeoutError") return new Refusal(`${url.host} did not answer in time. Try again later.`, 2, { cause: error });
	if (!(error instanceof TypeError)) return void 0;
	const { cause } = error;
	const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
	return new Refusal(`${url.host} could not be reached${code}. Check the address and the network.`, 2, { cause: error });
}

// apps/cli/src/zip.ts
const endSignature = 101010256;
const entrySignature = 33639248;
const localSignature = 67324752;
const endSize = 22;
const longestComment = 65535;
const stored = 0;
const deflated = 8;
/**
* Unpacks a ZIP archive into memory (attacker-controlled). Nothing is inflated before the directory was found harmless, and
* no entry may inflate to more than it states; checksums are compared, so that a damaged archive is told from a forged one.
*
* @throws {Refusal} not an archive, damaged, encrypted, too large, or with names that are twice or lead out of the folder
* @source PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4; no ZIP64, which no bundle within the limits needs
*/
function unzip(bytes, limits) {
	const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const entries = readDirectory(archive, limits.entries);
	const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
	if (total > limits.unpackedBytes) throw new Refusal(`The archive would unpack to ${mebibytes(total)} MiB; at most ${mebibytes(limits.unpackedBytes)} MiB are unpacked.`);
	const files = /* @__PURE__ */ new Map();
	for (const entry of entries) {
		if (entry.name.endsWith("/") && entry.unpacked === 0) continue;
		checkPath(entry.name);
		if (files.has(entry.name)) throw new Refusal(`The archive holds ${entry.name} twice; nobody could say which one counts.`);
		files.set(entry.name, unpack(archive, entry));
	}
	return files;
}
/** Refuses a name that is no plain relative path, whatever the system it is unpacked on. */
function checkPath(name) {
	if (!(name.length <= 300 && /^[\w.-]+(?:\/[\w.-]+)*$/.test(name) && !name.split("/").some((part) => /^\.+$/.test(part)))) throw new Refusal("The archive holds a name that is no plain path; a bundle has none such.");
}
function readDirectory(archive, limit) {
	const end = findEnd(archive);
	const count = archive.readUInt16LE(end + 10);
	const size = archive.readUInt32LE(end + 12);
	let at = archive.readUInt32LE(end + 16);
	if (count === 65535 || count > limit) throw new Refusal(`The archive holds ${count} entries or more; at most ${limit} are read.`);
	if (archive.readUInt16LE(end + 8) !== count || at + size > end) throw damaged();
	const entries = [];
	for (let i = 0; i < count; i++) {
		if (at + 46 > end || archive.readUInt32LE(at) !== entrySignature) throw damaged();
		const nameLength = archive.readUInt16LE(at + 28);
		if ((archive.readUInt16LE(at + 8) & 1) === 1) throw new Refusal("The archive is encrypted. Unpack it, then verify the folder.");
		entries.push({
			name: archive.toString("utf8", at + 46, at + 46 + nameLength),
			method: archive.readUInt16LE(at + 10),
			crc: archive.readUInt32LE(at + 16),
			packed: archive.readUInt32LE(at + 20),
			unpacked: archive.readUInt32LE(at + 24),
			at: archive.readUInt32LE(at + 42)
		});
		at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
	}
	return entries;
}
/** The end record lies in the last 22 bytes plus a comment. */
function findEnd(archive) {
	for (let at = archive.length - endSize; at >= Math.max(0, archive.length - endSize - longestComment); at--) if (archive.readUInt32LE(at) === endSignature) return at;
	throw new Refusal("This is neither a ZIP archive nor a folder. Give the bundle.zip of an edition, or the folder it was unpacked to.");
}
function unpack(archive, { name, method, crc, packed, unpacked, at }) {
	if (at + 30 > archive.length || archive.readUInt32LE(at) !== localSignature) throw damaged(name);
	const nameLength = archive.readUInt16LE(at + 26);
	const start = at + 30 + nameLength + archive.readUInt16LE(at + 28);
	if (archive.toString("utf8", at + 30, at + 30 + nameLength) !== name || start + packed > archive.length) throw damaged(name);
	const data = archive.subarray(start, start + packed);
	const content = method === stored ? Uint8Array.from(data) : inflate(data, method, unpacked, name);
	if (content.length !== unpacked || crc32(content) !== crc) throw damaged(name);
	return content;
}
function inflate(data, method, unpacked, name) {
	if (method !== deflated) throw new Refusal(`${name} is packed in a way (${method}) that is not read. Unpack the archive, then verify the folder.`);
	try {
		return Uint8Array.from(inflateRawSync(data, { maxOutputLength: Math.max(1, unpacked) }));
	} catch {
		throw damaged(name);
	}
}
function damaged(name) {
	return new Refusal(`The archive is damaged${name === void 0 ? "" : ` at ${name}`}. Fetch it again.`);
}
function mebibytes(bytes) {
	return Math.round(bytes / 1048576);
}

// apps/cli/src/bundle-source.ts
/**
* What a bundle may cost. A log of a million leaves has about 400 MiB of entries; a bundle of this size takes seconds and
* stays in memory.
*/
const bundleLimits = {
	packedBytes: 268435456,
	unpackedBytes: 536870912,
	entries: 6e4,
	/** For the whole fetch of a bundle, in milliseconds. */
	fetchMs: 12e4
};
/**
* Loads a bundle: a ZIP file, a folder, or the address of a trust page, whose bundle lies below it.
*
* @throws {Refusal} what cannot be read
*/
async function loadBundle(source) {
	if (/^https?:\/\//i.test(source)) return await fetchBundle(source);
	try {
		const status = await stat(source);
		if (status.isDirectory()) return {
			files: await readFolder(source),
			from: source
		};
		if (!status.isFile()) throw new Refusal("A bundle is a ZIP file or a folder.");
		return {
			files: unzip(await readBounded(source, bundleLimits.packedBytes), bundleLimits),
			from: source
		};
	} catch (error) {
		throw fileRefusal(error, "the bundle") ?? error;
	}
}
/** Reads a file whose size was looked at first. @throws {Refusal} too large */
async function readBounded(path, limit) {
	const handle = await open(path);
	try {
		const { size } = await handle.stat();
		if (size > limit) throw new Refusal(`The file has ${size} bytes; at most ${limit} are read.`);
		return await handle.readFile();
	} finally {
		await handle.close();
	}
}
/** The sentence for a file that cannot be opened; undefined for other errors. */
function fileRefusal(error, what) {
	const code = errorCode(error);
	if ([
		"ENOENT",
		"ENOTDIR",
		"ENAMETOOLONG"
	].includes(code)) return new Refusal(`There is no such file for ${what}. Check the path.`, 2, { cause: error });
	if (["EACCES", "EPERM"].includes(code)) return new Refusal(`The file of ${what} may not be opened. Check its permissions.`);
	if (code === "EISDIR") return new Refusal(`A folder was given for ${what}; it takes a file.`);
}
async function fetchBundle(source) {
	if (!URL.canParse(source)) throw new Refusal("This address cannot be read. It looks like https://art32.example/trust/name");
	const url = new URL(source);
	if (url.username !== "" || url.password !== "") throw new Refusal("A trust page is public: give its address without a password.");
	url.search = "";
	url.hash = "";
	if (!url.pathname.endsWith(".zip")) url.pathname = `${url.pathname.replace(/\/+$/, "")}/bundle.zip`;
	const { bytes, from } = await fetchBytes(url, {
		limit: bundleLimits.packedBytes,
		milliseconds: bundleLimits.fetchMs
	});
	return {
		files: unzip(bytes, bundleLimits),
		from
	};
}
/** Every file below a folder. A link could lead anywhere, so none is followed. */
async function readFolder(folder) {
	const files = /* @__PURE__ */ new Map();
	let left = bundleLimits.unpackedBytes;
	const walk = async (prefix) => {
		for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
			const name = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
			checkPath(name);
			if (entry.isDirectory()) await walk(name);
			else if (!entry.isFile()) throw new Refusal(`${name} is a link or a device; a bundle holds files only.`);
			else if (files.size >= bundleLimits.entries) throw new Refusal(`The folder holds more than ${bundleLimits.entries} files.`);
			else {
				const bytes = await readBounded(join(folder, name), left);
				left -= bytes.length;
				files.set(name, bytes);
			}
		}
	};
	await walk("");
	return files;
}

// apps/cli/src/node-crypto.ts
/** Headers of a public key in DER, SubjectPublicKeyInfo (RFC 8410 for Ed25519, RFC 9881 for ML-DSA-44). */
const ed25519 = Buffer.from("302a300506032b6570032100", "hex");
const mlDsa44 = Buffer.from("30820532300b06096086480165030403110382052100", "hex");
/** The cryptography of this machine, for the ledger. */
const nodeCrypto = {
	sha256: (data) => new Uint8Array(hash("sha256", data, "buffer")),
	verifyEd25519: (key, message, signature) => verifyWith(ed25519, key, message, signature),
	...knowsMlDsa44() ? { verifyMlDsa44: (key, message, signature) => verifyWith(mlDsa44, key, message, signature) } : {}
};
/** Node.js before 24 has no ML-DSA: then the ledger says that such a signature was not checked, instead of "wrong". */
function knowsMlDsa44() {
	try {
		createPublicKey({
			key: Buffer.concat([mlDsa44, Buffer.alloc(1312)]),
			format: "der",
			type: "spki"
		});
		return true;
	} catch {
		return false;
	}
}
function verifyWith(header, key, message, signature) {
	try {
		const publicKey = createPublicKey({
			key: Buffer.concat([header, key]),
			format: "der",
			type: "spki"
		});
		return verify(null, message, publicKey, signature);
	} catch {
		return false;
	}
}

// apps/cli/src/kept.ts
const longestCheckpoint = 65536;
/**
* Reads what was kept: a checkpoint, or a bundle as a zip file or a folder.
*
* @throws {Refusal} neither, or a bundle that does not hold by itself: nothing could be learnt from it
*/
async function readKept(path) {
	const text = await readCheckpoint(path, true);
	if (text !== null) return {
		checkpoint: text,
		bundle: null
	};
	const { files } = await loadBundle(path);
	if (!holds(files)) throw new Refusal("The bundle that you kept does not hold by itself; nothing can be compared with it.");
	return {
		checkpoint: decodeUtf8(files.get("checkpoint") ?? /* @__PURE__ */ new Uint8Array()),
		bundle: files
	};
}
/** The checkpoint of a file that is going to be written over. @throws {Refusal} a folder, or a bundle */
async function readOld(path) {
	const checkpoint = await readCheckpoint(path, false);
	if (checkpoint === null) throw new Refusal("There is a bundle where the checkpoint would be kept. Name another file.");
	return {
		checkpoint,
		bundle: null
	};
}
/** The text of a file that is no bundle; null for a bundle. */
async function readCheckpoint(path, orFolder) {
	try {
		const bytes = await readBounded(path, bundleLimits.packedBytes);
		if (bytes[0] === 80 && bytes[1] === 75) return null;
		if (bytes.length > longestCheckpoint) throw new Refusal(`The file of the checkpoint has ${bytes.length} bytes; at most ${longestCheckpoint} are read.`);
		return decodeUtf8(bytes);
	} catch (error) {
		if (error instanceof LedgerError) throw new Refusal("The file of the checkpoint is not text.", 2, { cause: error });
		if (orFolder && errorCode(error) === "EISDIR") return null;
		throw fileRefusal(error, "the checkpoint") ?? error;
	}
}
function holds(files) {
	try {
		return verifyBundle(nodeCrypto, files).holds;
	} catch (error) {
		if (error instanceof LedgerError) return false;
		throw error;
	}
}
/**
* Names the first entry that is not the one of the bundle that was kept. A head alone can say that something was changed,
* and not what.
*
* @param now a bundle that does not continue it
*/
function firstDifference(kept, now, report) {
	const [old, current] = [entriesOf$1(kept), entriesOf$1(now)];
	if (old === null || current === null || !decodeUtf8(kept.get("checkpoint") ?? /* @__PURE__ */ new Uint8Array()).startsWith(`${report.origin}\n`)) return null;
	const index = old.findIndex(({ bytes }, i) => !isSame(bytes, current[i]?.bytes));
	if (index === -1) return null;
	const there = current[index];
	return there === void 0 ? {
		place: `leaf ${index}`,
		say: `It is gone, as is every one up to leaf ${old.length - 1}; the bundle that you kept has them.`
	} : {
		place: `${there.place} leaf ${index}`,
		say: "It is not the one in the bundle that you kept; all before it are."
	};
}
function isSame(a, b) {
	return b !== void 0 && Buffer.compare(a, b) === 0;
}
/** The entries as they lie in the files, whatever was signed; null where they cannot be read. */
function entriesOf$1(bundle) {
	const paths = [...bundle.keys()].filter((path) => path.startsWith("tile/entries/"));
	const entries = [];
	try {
		for (let index = 0;; index++) {
			const whole = tilePath({
				level: "entries",
				index,
				width: 256
			});
			const path = paths.find((name) => name === whole || name.startsWith(`${whole}.p/`));
			const file = path === void 0 ? void 0 : bundle.get(path);
			if (path === void 0 || file === void 0) return entries;
			for (const bytes of decodeEntries(file, path)) entries.push({
				bytes,
				place: path
			});
		}
	} catch (error) {
		if (error instanceof LedgerError) return null;
		throw error;
	}
}

// packages/press/src/assurance.ts
/**
* The nine assurances, best first: how well a measure is backed. Computed by the register, never typed by a person.
*/
const assurances = [
	"verified",
	"attested",
	"inherited",
	"customer",
	"stated",
	"planned",
	"lapsed",
	"absent",
	"failing"
];
/** The four states that the public sees, best first. */
const publicStates = [
	"proven",
	"confirmed",
	"stated",
	"correction-due"
];

// packages/press/src/edition.ts
/** All lines of the sections, in the document's order. */
function linesOf(sections) {
	return sections.flatMap((section) => section.blocks.filter((block) => block.kind === "line"));
}
/** Counts lines by assurance and public state; every state is present, with 0 where there is none. */
function countLines(lines) {
	const assurance = zeroes(assurances);
	const shown = zeroes(publicStates);
	for (const line of lines) {
		assurance[line.assurance] += 1;
		shown[line.publicState] += 1;
	}
	return {
		lines: lines.length,
		assurance,
		public: shown
	};
}
/** The leaves that the parts of a line name, ascending and each once: what `cites` of a line must be. */
function citesOf(parts) {
	const leaves = parts.flatMap((part) => [...part.confirmedBy ? [part.confirmedBy.leaf] : [], ...part.backing.map((backing) => backing.leaf)]);
	return [...new Set(leaves)].toSorted((a, b) => a - b);
}
/** Counts the parts of lines by who confirmed their mapping. */
function countMapping(lines) {
	const mapping = {
		person: 0,
		release: 0,
		none: 0
	};
	for (const part of lines.flatMap((line) => line.parts)) mapping[part.confirmedBy?.by ?? "none"] += 1;
	return mapping;
}
function zeroes(keys) {
	return Object.fromEntries(keys.map((key) => [key, 0]));
}
/** JSON with sorted keys and no white space. */
function canonicalJson(value) {
	return JSON.stringify(value, sortKeys);
}
function sortKeys(_key, value) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => a < b ? -1 : 1));
}

// packages/press/src/audit.ts
/**
* Compares what an edition claims with the records its lines cite: nothing may claim more than its records say.
*
* A line that says verified needs, for each required part, a confirmed mapping and a proving check whose record says pass
* and was fresh when the edition was made; attested needs a sign-off that was. A claim against the provider itself
* (failing, lapsed) may go without its record, which can help an attacker, but must not contradict one that is disclosed.
* Counts must equal the lines. First the lines in order, then the edition.
*/
function auditEdition(edition, open) {
	const lines = linesOf(edition.sections);
	return [...lines.map((line) => auditLine(line, edition, open)), ...auditWhole(edition, lines)];
}
function auditLine(line, edition, open) {
	const problem = citeProblem(line, edition) ?? stateProblem(line) ?? claimProblem(line, edition, open) ?? shownProblem(line, edition, open);
	return {
		line: line.id,
		ok: problem === null,
		say: problem ?? sayOf(line)
	};
}
function citeProblem(line, { ledger }) {
	const named = citesOf(line.parts);
	if (named.join() !== line.cites.join()) return "The leaves it cites are not those that its parts name.";
	const beyond = named.find((leaf) => !Number.isSafeInteger(leaf) || leaf < 0 || leaf >= ledger.size);
	return beyond === void 0 ? null : `It cites leaf ${beyond}, which the ledger of ${ledger.size} leaves does not have.`;
}
/** The best public state that an assurance allows, and the one for bad news. */
function stateProblem({ assurance, publicState }) {
	return {
		proven: ["verified"],
		confirmed: ["attested", "inherited"],
		stated: [
			"customer",
			"stated",
			"planned",
			"absent",
			"lapsed",
			"failing"
		],
		"correction-due": ["lapsed", "failing"]
	}[publicState].includes(assurance) ? null : `It shows "${publicState}", but its assurance is "${assurance}".`;
}
/** Kinds of backing that a part may rest on, for each assurance that claims something: the worst part gives the line its name. */
const restsOn = {
	verified: ["check"],
	attested: ["sign-off", "check"],
	inherited: [
		"agreement",
		"sign-off",
		"check"
	]
};
function claimProblem(line, edition, open) {
	const kinds = restsOn[line.assurance];
	if (!kinds) return null;
	const required = line.parts.filter((part) => part.required);
	if (required.length === 0) return `It says ${line.assurance}, but names no required measure.`;
	for (const part of required) {
		const problems = kinds.map((kind) => partProblems[kind](part, {
			line,
			edition,
			open
		}));
		const problem = mappingProblem(part, line, open) ?? (problems.includes(null) ? null : problems[0]);
		if (problem) return problem;
	}
	return null;
}
const partProblems = {
	check: checkProblem,
	"sign-off": signOffProblem,
	agreement: agreementProblem
};
function mappingProblem(part, line, open) {
	if (!part.confirmedBy) return `Nobody confirmed that it means "${part.measure}".`;
	const { leaf, by, at } = part.confirmedBy;
	const record = open(leaf, "confirmation");
	if (!isConfirmation(record)) return `Leaf ${leaf} does not open as the confirmation of what it means.`;
	return record.statement === line.id && record.by === by && record.at === at && record.measures.includes(part.measure) ? null : `Leaf ${leaf} confirms something else than that it means "${part.measure}".`;
}
/** At least one proving check passed, every other passed or did not apply, and all count at the edition's date. */
function checkProblem(part, { line, edition, open }) {
	const proving = part.backing.filter((backing) => backing.kind === "check" && backing.role === "proves");
	const states = proving.map((backing) => backing.kind === "check" && backing.state);
	if (!states.includes("pass") || states.some((state) => state !== "pass" && state !== "not-applicable")) return `It says ${line.assurance}, but not every check that proves "${part.measure}" is a pass.`;
	for (const { leaf } of proving) {
		const record = open(leaf, "outcome");
		if (!isOutcome(record)) return `Leaf ${leaf} does not open as the outcome of a check.`;
		const problem = timeProblem(leaf, record, line, edition);
		if (problem !== null) return problem;
	}
	return null;
}
function signOffProblem(part, { line, edition, open }) {
	const backing = part.backing.find(({ kind }) => kind === "sign-off");
	if (!backing) return `It says ${line.assurance}, but cites no sign-off of "${part.measure}".`;
	const record = open(backing.leaf, "sign-off");
	if (!isSignOff(record) || record.measure !== part.measure || record.at !== backing.at) return `Leaf ${backing.leaf} does not open as a sign-off of "${part.measure}" at ${backing.at}.`;
	return timeProblem(backing.leaf, record, line, edition);
}
function agreementProblem(part, { line, edition, open }) {
	const backing = part.backing.find(({ kind }) => kind === "agreement");
	if (!backing) return `It says ${line.assurance}, but cites no agreement for "${part.measure}".`;
	const record = open(backing.leaf, "agreement");
	if (!isAgreement(record) || !record.measures.includes(part.measure) || record.at !== backing.at) return `Leaf ${backing.leaf} does not open as an agreement on "${part.measure}" at ${backing.at}.`;
	return timeProblem(backing.leaf, record, line, edition);
}
/** A record counts only from when it was made until its window ends, and the line must not stretch that window. */
function timeProblem(leaf, record, line, edition) {
	if (!inOrder(record.at, edition.date)) return `The record in leaf ${leaf} is of ${record.at}, after the edition.`;
	if (!inOrder(edition.date, record.freshUntil)) return `The record in leaf ${leaf} counted until ${record.freshUntil} only, before the edition of ${edition.date}.`;
	if (line.freshUntil !== null && !inOrder(line.freshUntil, record.freshUntil)) return `It is said to count until ${line.freshUntil}, but leaf ${leaf} counts until ${record.freshUntil}.`;
	return null;
}
/** Every outcome that a line shows is the one of its leaf; only what speaks against the provider may stay undisclosed. */
function shownProblem(line, edition, open) {
	const checks = line.parts.flatMap((part) => part.backing.filter((backing) => backing.kind === "check"));
	for (const check of checks) {
		const record = open(check.leaf, "outcome");
		if (record === void 0 && check.state !== "pass") continue;
		if (!isOutcome(record)) return `Leaf ${check.leaf} does not open as the outcome of ${check.check}.`;
		if (!(record.check === check.check && record.at === check.at && stateAt(edition.date, record) === check.state)) return `Leaf ${check.leaf} says "${record.state}" of ${record.check} at ${record.at}; the line shows "${check.state}" of ${check.check} at ${check.at}.`;
	}
	return contradiction(line, checks);
}
/** A pass whose window has ended is stale: the leaf still says pass, the edition must not. */
function stateAt(date, record) {
	return record.state === "pass" && !inOrder(date, record.freshUntil) ? "stale" : record.state;
}
function contradiction(line, checks) {
	const expected = {
		failing: "fail",
		lapsed: "stale"
	}[line.assurance];
	if (line.overdue !== void 0 || line.parts.some((part) => part.backing.some(({ kind }) => kind === "sign-off"))) return null;
	if (expected === void 0 || checks.length === 0 || checks.some(({ state }) => state === expected)) return null;
	return `It says ${line.assurance}, but none of the outcomes it shows is "${expected}".`;
}
function sayOf(line) {
	switch (line.assurance) {
		case "verified":
		case "attested":
		case "inherited": return `It says ${line.assurance}, and so do its records (leaves ${line.cites.join(", ")}).`;
		case "failing":
		case "lapsed": return `It says ${line.assurance}, against the provider itself; nothing disclosed contradicts it.`;
		case "customer":
		case "stated":
		case "planned":
		case "absent": return `It says ${line.assurance}: no proof is claimed.`;
	}
}
function auditWhole(edition, lines) {
	const whole = (say) => ({
		line: null,
		ok: false,
		say
	});
	const twice = lines.find((line, index) => lines.findIndex((other) => other.id === line.id) !== index);
	const problems = [
		...twice ? [whole(`The line ${twice.id} is there twice.`)] : [],
		...same(edition.counts, countLines(lines)) ? [] : [whole("The counts of the edition are not those of its lines.")],
		...same(edition.mapping, countMapping(lines)) ? [] : [whole("The counts of confirmed mappings are not those of the lines.")]
	];
	return problems.length > 0 ? problems : [{
		line: null,
		ok: true,
		say: "The counts of the edition are those of its lines."
	}];
}
/** Equal as data, whatever the order of keys. */
function same(one, other) {
	return canonicalJson(one) === canonicalJson(other);
}
function inOrder(earlier, later) {
	return Date.parse(earlier) <= Date.parse(later);
}
function isOutcome(record) {
	return has(record, "art32.outcome/1", [
		"check",
		"state",
		"at",
		"freshUntil"
	]);
}
function isConfirmation(record) {
	return has(record, "art32.confirmation/1", [
		"statement",
		"by",
		"at"
	], ["measures"]);
}
function isSignOff(record) {
	return has(record, "art32.sign-off/1", [
		"measure",
		"at",
		"freshUntil"
	]);
}
function isAgreement(record) {
	return has(record, "art32.agreement/1", ["at", "freshUntil"], ["measures"]);
}
/** Whether a record has its format and, of the right types, the fields that are read here. */
function has(record, format, texts, lists = []) {
	if (typeof record !== "object" || record === null) return false;
	const fields = new Map(Object.entries(record));
	return fields.get("format") === format && texts.every((name) => typeof fields.get(name) === "string") && lists.every((name) => Array.isArray(fields.get(name)));
}

// packages/press/src/compare/kinds.ts
/**
* In which direction a promised value moved. `other`: nobody but a person can say, such as RAID 5 to RAID 1, or copies
* that are kept longer. Only `stronger` needs no decision.
*/
const directions = [
	"stronger",
	"weaker",
	"other"
];
/**
* What of a line is promised. `softening`: a word came or went that takes a part back, such as "where possible"; `whole`: one
* that makes the promise whole, such as "all"; `line`: the whole line.
*/
const aspects = [
	"status",
	"condition",
	"measure",
	"parameter",
	"rhythm",
	"guarantor",
	"system",
	"exception",
	"softening",
	"whole",
	"negation",
	"number",
	"line"
];
/**
* What became of a line. `reworded`: other words that promise the same; `translated`: the other language, the same promise;
* `changed`: the same line promises something else.
*/
const changeKinds = [
	"same",
	"reworded",
	"translated",
	"changed",
	"added",
	"removed"
];

// packages/press/src/compare/qualifier.ts
const word = (pattern) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, "giu");
const phrases = {
	en: {
		softening: [
			word("where(?:ver)? (?:possible|feasible|practicable|appropriate|applicable|necessary|required)"),
			word("if (?:possible|feasible|practicable|appropriate|applicable|necessary|required)"),
			word("(?:as far|in so far|insofar|so far) as"),
			word("in general|as a rule|generally|usually|typically|normally|mostly|mainly|largely|partly|partially"),
			word("should|may|might|can|could|aims? to|strives? to|intends? to|endeavou?rs? to|tries to"),
			word("best efforts?|reasonable efforts?|on request|upon request|some|selected|most|many|several"),
			word("except(?: for)?|unless|excluding|apart from|in principle|from time to time|occasionally")
		],
		whole: [word("all|any|every|each|always|only|exclusively|must|shall|solely|entirely|without exception|at all times")],
		negation: [word("not|no|never|none|without|n't")]
	},
	de: {
		softening: [
			word("(?:so|in)?weit (?:wie )?(?:möglich|erforderlich|nötig|sinnvoll|zumutbar|machbar)"),
			word("(?:wenn|falls|sofern|wo) (?:immer )?(?:möglich|erforderlich|nötig|sinnvoll|anwendbar)"),
			word("nach möglichkeit|möglichst|gegebenenfalls|ggf|bei bedarf|auf anfrage|auf wunsch|im rahmen des möglichen"),
			word("in der regel|grundsätzlich|im allgemeinen|üblicherweise|normalerweise|meist(?:ens)?|überwiegend|weitgehend"),
			word("teilweise|zum teil|größtenteils|vorwiegend|einige|manche|mehrere|ausgewählte|gelegentlich|prinzipiell"),
			word("soll(?:en|te|ten)?|kann|können|könnte|mag|bemüht sich|bemühen|angestrebt|strebt an|versucht"),
			word("außer|ausgenommen|mit ausnahme|es sei denn|soweit|sofern|insoweit")
		],
		whole: [word("alle[nrs]?|jede[nmrs]?|sämtliche[nrs]?|immer|stets|nur|ausschließlich|jederzeit|muss|müssen|ausnahmslos|durchgehend")],
		negation: [word("nicht|kein(?:e|en|em|er|es)?|nie|niemals|ohne")]
	}
};

// packages/press/src/look.ts
/** The tokens; `docs/guides/look.md` gives the reasons and a test keeps both equal. */
const look = {
	colours: {
		light: {
			paper: "#fdfcf9",
			surface: "#f4f1ea",
			ink: "#1f1c18",
			quiet: "#5e584f",
			edge: "#857d71",
			rule: "#ddd7cc",
			good: "#1b6a3c",
			vouched: "#1d5b8c",
			plain: "#5e584f",
			waiting: "#825200",
			bad: "#ac2018"
		},
		dark: {
			paper: "#181715",
			surface: "#23211e",
			ink: "#ebe7df",
			quiet: "#b3aca0",
			edge: "#8b8478",
			rule: "#3d3a35",
			good: "#7fcf9e",
			vouched: "#92c4ee",
			plain: "#b3aca0",
			waiting: "#e5b55e",
			bad: "#ff9c90"
		}
	},
	fonts: {
		document: "'Source Serif 4 Variable', 'Source Serif 4', Charter, 'Iowan Old Style', Georgia, 'Times New Roman', serif",
		interface: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif",
		code: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"
	},
	scale: {
		note: .8125,
		small: .9375,
		text: 1.125,
		h3: 1.25,
		h2: 1.5,
		h1: 2.25
	},
	lineHeight: {
		text: 1.5,
		heading: 1.2
	},
	spacing: [
		.25,
		.5,
		.75,
		1,
		1.5,
		2,
		3,
		4
	],
	widths: {
		measure: 36,
		proofMargin: 13,
		gutter: 2,
		phone: 46
	},
	print: {
		sizes: {
			note: 7.5,
			small: 8.5,
			text: 10.5,
			h3: 11.5,
			h2: 14,
			h1: 24
		},
		proofMargin: 38,
		gutter: 7
	}
};
/** Every pair of colours that the product sets on each other. */
const contrastRules = ["paper", "surface"].flatMap((on) => [...[
	"ink",
	"quiet",
	"good",
	"vouched",
	"plain",
	"waiting",
	"bad"
].map((colour) => ({
	on,
	colour,
	atLeast: 4.5
})), {
	on,
	colour: "edge",
	atLeast: 3
}]);

// packages/press/src/docx-styles.ts
const { light } = look.colours;

// packages/press/src/letterhead.ts
/** What a logo may be: small enough that a page stays light with it, and a document too. */
const logoLimits = {
	bytes: 16384,
	width: 1200,
	height: 600,
	least: 16
};

// packages/press/src/formats.ts
/**
* Every form of an edition, in the order in which they are offered. Publishing, the public page and its routes, the
* operation that hands out files, the workplace and the command line follow from this table: a new form is one row here,
* and where it is made, its renderer in `render.ts`, which the compiler demands.
*/
const formats = [
	{
		key: "pdf",
		file: "edition.pdf",
		type: "application/pdf",
		by: "setter",
		label: {
			en: "PDF",
			de: "PDF"
		}
	},
	{
		key: "pdf-a",
		file: "edition-archive.pdf",
		type: "application/pdf",
		by: "setter",
		label: {
			en: "PDF for archives (PDF/A-3)",
			de: "PDF fürs Archiv (PDF/A-3)"
		}
	},
	{
		key: "docx",
		file: "edition.docx",
		type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		by: "word",
		label: {
			en: "Word document (DOCX)",
			de: "Word-Dokument (DOCX)"
		}
	},
	{
		key: "md",
		file: "edition.md",
		type: "text/markdown; charset=utf-8",
		by: "text",
		label: {
			en: "Text (Markdown)",
			de: "Text (Markdown)"
		}
	},
	{
		key: "json",
		file: "edition.json",
		type: "application/json",
		by: "document",
		label: {
			en: "Data (JSON)",
			de: "Daten (JSON)"
		}
	},
	{
		key: "bundle",
		file: "bundle.zip",
		type: "application/zip",
		by: "ledger",
		label: {
			en: "Proof bundle",
			de: "Nachweispaket"
		}
	}
];
/** Names of all forms. */
const formatKeys = formats.map(({ key }) => key);
/** The rows of {@link formats} that are kept. */
const keptFormats = formats.filter((format) => format.by === "setter" || format.by === "word" || format.by === "text");

// packages/press/src/oscal/pieces.ts
const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

// packages/press/src/page-style.ts
const rules = `*{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:400 var(--text)/var(--leading) var(--serif);font-optical-sizing:auto;hanging-punctuation:first;overflow-wrap:anywhere;text-rendering:optimizeLegibility}
a{color:inherit;text-decoration-thickness:.06em;text-underline-offset:.18em}
a:hover{text-decoration-thickness:.12em}
:focus-visible{outline:.15rem solid var(--ink);outline-offset:.2rem;border-radius:.15rem}
.skip{position:absolute;left:-100vw;top:0;padding:.75rem 1rem;background:var(--ink);color:var(--paper);font-family:var(--sans);z-index:1}
.skip:focus{left:0}
.sheet{width:min(100% - 3rem,calc(var(--measure) + var(--gutter) + var(--margin)));margin-inline:auto;padding-block:3rem 4rem}
h1,h2,.over{color:var(--accent,inherit)}
.logo{display:block;width:auto;height:auto;max-width:min(100%,16rem);max-height:4rem;margin-bottom:1.5rem;object-fit:contain;object-position:left}
h1,h2,h3,h4{font-weight:600;line-height:var(--tight);text-wrap:balance;margin:0}
h1{font-size:var(--h1);letter-spacing:-.012em;max-width:var(--measure)}
h2{font-size:var(--h2);margin-top:3rem;letter-spacing:-.006em}
h3,h4{font-size:var(--h3);margin-top:2rem}
h4{font-size:var(--text)}
p{margin:.75rem 0 0;max-width:var(--measure);text-wrap:pretty;white-space:pre-line}
.over{font:600 var(--small)/var(--leading) var(--sans);margin:0 0 .5rem}
.lead{font-style:italic;color:var(--quiet);margin-top:.75rem}
.draft{margin-bottom:2rem;padding:.75rem 1rem;border:1px solid var(--edge);font:400 var(--small)/var(--leading) var(--sans);max-width:none}
.draft strong{font-weight:600}
.frame{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1.5rem;margin:2rem 0 0;padding-top:1rem;border-top:1px solid var(--rule);font:400 var(--small)/var(--leading) var(--sans)}
.frame dt{color:var(--quiet)}
.frame dd{margin:0}
.glance{margin-top:3rem;padding-block:1rem 1.5rem;border-block:1px solid var(--rule);font-family:var(--sans)}
.glance h2{margin:0;font:600 var(--text)/var(--tight) var(--serif)}
.glance p{font-size:var(--small);max-width:none;margin-top:.5rem;color:var(--quiet)}
.legend{list-style:none;display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:1rem 1.5rem;margin:1rem 0 0;padding:0;font-size:var(--note);line-height:1.4}
.legend .number{display:block;font:400 var(--h1)/1.1 var(--serif);font-variant-numeric:lining-nums tabular-nums}
.legend .sign{font-size:var(--small)}
.legend .says{display:block;color:var(--quiet);margin-top:.25rem}
.sign{font-weight:600;white-space:nowrap}
.sign .glyph{display:inline-block;width:1.25em;font-family:'DejaVu Sans','Segoe UI Symbol','Apple Symbols','Noto Sans Symbols 2',var(--sans);font-weight:400}
.good{color:var(--good)}.vouched{color:var(--vouched)}.plain{color:var(--plain)}.waiting{color:var(--waiting)}.bad{color:var(--bad)}
.contents{margin-top:2rem;font:400 var(--small)/1.7 var(--sans)}
.contents h2{font:600 var(--small)/1.7 var(--sans);margin:0;letter-spacing:0}
.contents ol{margin:0;padding:0;list-style:none;columns:2;column-gap:var(--gutter)}
.contents li{break-inside:avoid}
.contents .level-2,.contents .level-3,.contents .level-4{padding-left:1.25em}
.contents a{text-decoration:none}
.contents a:hover{text-decoration:underline}
.line{display:grid;grid-template-columns:minmax(0,var(--measure)) var(--margin);column-gap:var(--gutter);margin-top:1rem;scroll-margin-top:1rem}
.line>p{margin:0}
.line:target{background:var(--surface);box-shadow:0 0 0 .5rem var(--surface)}
.aside{font-style:italic;color:var(--quiet)}
.proof{font:400 var(--note)/1.45 var(--sans);min-width:0}
.proof>summary{cursor:pointer;list-style:none;padding:.25rem 0 .25rem .75rem;border-left:2px solid var(--rule)}
.proof>summary::-webkit-details-marker{display:none}
.proof>summary:hover,.proof[open]>summary{border-left-color:var(--edge)}
.proof>summary .sign{font-size:var(--small);white-space:normal}
.proof>summary .when{display:block;color:var(--quiet);font-variant-numeric:lining-nums tabular-nums}
.panel{margin:.5rem 0 .5rem;padding:1rem 1rem 1rem;background:var(--surface);border-radius:.2rem}
.panel p{margin:0;max-width:none;font:inherit}
.panel p+ul,.panel ul+p,.panel ul+dl,.panel p+dl,.panel p+p{margin-top:.75rem}
.panel ul{list-style:none;margin:0;padding:0}
.panel li+li{margin-top:.75rem}
.panel .backing{margin-top:.25rem}
.panel .backing li{margin:.25rem 0 0;display:grid;grid-template-columns:minmax(0,1fr) max-content max-content;gap:0 1rem;font-variant-numeric:lining-nums tabular-nums}
.panel .measure{font-weight:600}
.panel .quiet{color:var(--quiet)}
.panel dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1rem;margin:0}
.panel dt{color:var(--quiet)}
.panel dd{margin:0}
@supports selector(::details-content){
.proof{display:contents}
.proof>summary{grid-column:2;align-self:start;font:400 var(--note)/1.45 var(--sans)}
.proof::details-content{grid-column:1/-1;font:400 var(--note)/1.45 var(--sans);min-width:0}
}
.back{margin-top:4rem;padding-top:.25rem;border-top:1px solid var(--rule)}
.back p,.back li{font-size:var(--small)}
.back section{max-width:none}
pre,code{font-family:var(--code);font-size:.85em}
pre{margin:.75rem 0 0;padding:.75rem 1rem;background:var(--surface);white-space:pre-wrap;overflow-wrap:anywhere;border-radius:.2rem}
table{border-collapse:collapse;margin-top:.75rem;font:400 var(--small)/1.5 var(--sans);font-variant-numeric:lining-nums tabular-nums}
th,td{text-align:left;padding:.25rem 2rem .25rem 0;border-bottom:1px solid var(--rule);font-weight:400}
thead th{color:var(--quiet)}
td.number,th.number{text-align:right;padding-right:0}
.files{list-style:none;margin:.75rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;font-family:var(--sans)}
.limits{margin:.75rem 0 0;padding-left:1.1em;max-width:var(--measure)}
.limits li+li{margin-top:.25rem}
.colophon{margin-top:3rem;color:var(--quiet)}
@media (max-width:${look.widths.phone}rem){
.sheet{width:min(100% - 2.5rem,var(--measure));padding-block:1.5rem 3rem}
h1{font-size:calc(var(--h1)*.8)}h2{font-size:calc(var(--h2)*.9)}
.frame{grid-template-columns:1fr;gap:0}.frame dd{margin-bottom:.5rem}
.legend{grid-template-columns:repeat(2,minmax(0,1fr))}
.contents ol{columns:1}
.line{grid-template-columns:minmax(0,1fr);margin-top:1rem}
.proof>summary{grid-column:1;margin-top:.5rem;padding-block:.25rem}
.proof>summary .when{display:inline;margin-left:.6em}
.panel .backing li{grid-template-columns:minmax(0,1fr) max-content}
.panel dl{grid-template-columns:1fr;gap:0}.panel dd{margin-bottom:.5rem}
}
@media (prefers-color-scheme:dark){.logo{padding:.5rem .75rem;background:#fff;border-radius:.2rem}}
@media print{
.logo{padding:0;max-height:16mm;max-width:70mm}
@page{size:A4;margin:20mm 18mm 22mm}
html{font-size:62.5%}
body{font-size:10.5pt}
.sheet{width:auto;padding:0}
.skip,.contents,.files{display:none}
p,.limits{max-width:none}
.line{grid-template-columns:minmax(0,1fr) 42mm;column-gap:7mm;break-inside:avoid}
h2,h3,h4{break-after:avoid}
.panel,pre{border:1px solid var(--rule)}
.draft{border-color:var(--ink)}
}
@media (forced-colors:active){.proof>summary{border-left-color:CanvasText}}
`;

// packages/press/src/shape.ts
/**
* Shapes of a file, each in two readings of one definition: a function that refuses what does not fit, with the place,
* and a JSON Schema. They cannot drift, since there is nothing to keep equal.
*
* @source JSON Schema 2020-12
*/
/** What is not an edition, and where: `sections[2].blocks[0].text`. */
var EditionError = class extends Error {
	name = "EditionError";
};
/** Refuses with the place and what was expected there. */
function refuse(place, expected) {
	throw new EditionError(`The edition cannot be read: ${place} must be ${expected}.`);
}
const text = {
	check(value, place) {
		if (typeof value !== "string") refuse(place, "a text");
	},
	schema: { type: "string" }
};
const flag = {
	check(value, place) {
		if (typeof value !== "boolean") refuse(place, "true or false");
	},
	schema: { type: "boolean" }
};
/** A count, an index or a level: JSON numbers beyond 2^53 would not be what they seem. */
const whole = {
	check(value, place) {
		if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) refuse(place, "a whole number from 0");
	},
	schema: {
		type: "integer",
		minimum: 0,
		maximum: Number.MAX_SAFE_INTEGER
	}
};
/** Points of a level come in halves. */
const points = {
	check(value, place) {
		if (typeof value !== "number" || !Number.isFinite(value) || value < 0) refuse(place, "a number from 0");
	},
	schema: {
		type: "number",
		minimum: 0
	}
};
const instantStart = "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d";
/** The reader also refuses what has the form of an instant and is none, such as a 31 February or an hour 25. */
const instant = {
	check(value, place) {
		if (typeof value !== "string" || !new RegExp(instantStart).test(value) || Number.isNaN(Date.parse(value))) refuse(place, "an instant such as 2026-11-22T08:15:00Z");
	},
	schema: {
		type: "string",
		pattern: instantStart,
		examples: ["2026-11-22T08:15:00Z"]
	}
};
/** A text of a given form. @param expected  the form in words */
function matching(pattern, expected, most) {
	const form = new RegExp(pattern);
	return {
		check(value, place) {
			if (typeof value !== "string" || value.length > most || !form.test(value)) refuse(place, expected);
		},
		schema: {
			type: "string",
			pattern,
			maxLength: most
		}
	};
}
function oneOf(...choices) {
	return {
		check(value, place) {
			if (!choices.some((choice) => choice === value)) refuse(place, `one of ${choices.join(", ")}`);
		},
		schema: choices.length === 1 && choices[0] !== void 0 ? { const: choices[0] } : { enum: choices }
	};
}
function orNull(shape) {
	return {
		check(value, place) {
			if (value !== null) shape.check(value, place);
		},
		schema: { anyOf: [shape.schema, { type: "null" }] }
	};
}
function listOf(shape) {
	return {
		check(value, place) {
			if (!Array.isArray(value)) refuse(place, "a list");
			value.forEach((item, index) => shape.check(item, `${place}[${index}]`));
		},
		schema: {
			type: "array",
			items: shape.schema
		}
	};
}
/** An object with these fields and no other. */
function record(fields, optional = {}) {
	const schemas = Object.entries({
		...fields,
		...optional
	}).map(([name, { schema }]) => [name, schema]);
	return {
		check(value, place) {
			const given = membersOf(value, place);
			for (const [name, shape] of Object.entries(fields)) shape.check(given.get(name), `${place}.${name}`);
			for (const [name, shape] of Object.entries(optional)) if (given.has(name)) shape.check(given.get(name), `${place}.${name}`);
			const unknown = [...given.keys()].find((name) => !Object.hasOwn(fields, name) && !Object.hasOwn(optional, name));
			if (unknown !== void 0) refuse(`${place}.${unknown}`, "absent: art32.edition/1 has no such field");
		},
		schema: {
			type: "object",
			properties: Object.fromEntries(schemas),
			required: Object.keys(fields),
			additionalProperties: false
		}
	};
}
/** An object whose names are free. */
function mapOf(shape) {
	return {
		check(value, place) {
			for (const [name, one] of membersOf(value, place)) shape.check(one, `${place}.${name}`);
		},
		schema: {
			type: "object",
			additionalProperties: shape.schema
		}
	};
}
/** A value that a statement promises. */
const promised = {
	check(value, place) {
		if (Array.isArray(value)) listOf(text).check(value, place);
		else if (![
			"string",
			"number",
			"boolean"
		].includes(typeof value)) refuse(place, "a value or a list of texts");
	},
	schema: { anyOf: [{ type: [
		"string",
		"number",
		"boolean"
	] }, {
		type: "array",
		items: text.schema
	}] }
};
/** An object whose shape depends on its `kind`, which each of them begins with. */
function byKind(kinds) {
	const shapes = new Map(Object.entries(kinds).map(([kind, [fields, optional]]) => [kind, record({
		kind: oneOf(kind),
		...fields
	}, optional)]));
	const names = oneOf(...shapes.keys());
	return {
		check(value, place) {
			const kind = typeof value === "object" && value !== null && "kind" in value ? value.kind : void 0;
			names.check(kind, `${place}.kind`);
			shapes.get(String(kind))?.check(value, place);
		},
		schema: { oneOf: [...shapes.values()].map(({ schema }) => schema) }
	};
}
function membersOf(value, place) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) refuse(place, "an object");
	return new Map(Object.entries(value));
}

// packages/press/src/read-edition.ts
const numbers = (names) => record(Object.fromEntries(names.map((name) => [name, whole])));
const common = {
	title: text,
	at: instant,
	leaf: whole
};
const backing = byKind({
	check: [{
		...common,
		check: text,
		role: oneOf("proves", "supports"),
		system: text,
		state: oneOf("pass", "fail", "info", "not-evaluated", "not-applicable", "stale")
	}, { reason: text }],
	"sign-off": [{
		...common,
		by: text
	}, { performed: record({
		onTime: whole,
		of: whole
	}) }],
	agreement: [{
		...common,
		processor: text
	}]
});
const part = record({
	measure: text,
	title: text,
	required: flag,
	backing: listOf(backing),
	confirmedBy: orNull(record({
		by: oneOf("person", "release"),
		at: instant,
		leaf: whole
	}))
});
const block = byKind({
	text: [{ text }],
	line: [{
		id: text,
		text,
		status: oneOf("in-place", "planned", "not-in-place", "conditional", "not-applicable"),
		assurance: oneOf(...assurances),
		publicState: oneOf(...publicStates),
		parts: listOf(part),
		checkedAt: orNull(instant),
		freshUntil: orNull(instant),
		guarantor: oneOf("us", "processor", "customer"),
		visibility: oneOf("public", "customers", "auditors"),
		cites: listOf(whole)
	}, {
		period: record({
			held: whole,
			failed: whole,
			notLooked: whole
		}, { gaps: listOf(record({
			from: instant,
			until: instant
		})) }),
		condition: text,
		exception: record({
			until: text,
			reason: text
		}),
		owner: text,
		cadence: text,
		rhythm: text,
		parameters: mapOf(promised),
		systems: listOf(text),
		overdue: listOf(text)
	}]
});
const difference = record({
	aspect: oneOf(...aspects),
	of: text,
	before: text,
	after: text,
	direction: oneOf(...directions)
});
const decision = record({
	before: text,
	after: text,
	differences: listOf(difference),
	reason: text,
	by: text,
	at: instant,
	leaf: whole,
	visibility: oneOf("public", "customers", "auditors")
}, { equivalent: text });
const changes = record({
	since: whole,
	date: instant,
	counts: numbers(changeKinds),
	decisions: listOf(decision),
	levels: listOf(record({
		goal: text,
		before: points,
		after: points
	}))
});
const colour = matching("^#[0-9a-f]{6}$", "a colour such as #1d5b8c", 7);
const letterhead = record({}, {
	accent: record({
		light: colour,
		dark: colour
	}),
	logo: record({
		type: oneOf("image/png"),
		width: whole,
		height: whole,
		bytes: matching("^[A-Za-z0-9+/]+={0,2}$", "the base64 of a picture of at most 16 KiB", Math.ceil(logoLimits.bytes / 3) * 4)
	})
});
const edition = record({
	format: oneOf("art32.edition/1"),
	tenant: record({
		publicId: text,
		name: text
	}),
	state: oneOf("draft", "edition"),
	number: orNull(whole),
	language: oneOf("en", "de"),
	title: text,
	date: instant,
	legalFrame: listOf(text),
	scope: text,
	source: orNull(record({
		name: text,
		sha256: text,
		readAt: instant
	})),
	review: orNull(record({
		by: text,
		at: instant
	})),
	mapping: numbers([
		"person",
		"release",
		"none"
	]),
	counts: record({
		lines: whole,
		assurance: numbers(assurances),
		public: numbers(publicStates)
	}),
	sections: listOf(record({
		id: text,
		title: text,
		level: whole,
		blocks: listOf(block)
	})),
	withheld: numbers(["customers", "auditors"]),
	ledger: record({
		origin: text,
		size: whole,
		root: text,
		key: text,
		checkpoint: text
	}),
	limits: listOf(text)
}, {
	changes,
	letterhead
});
/**
* The format `art32.edition/1` as a JSON Schema, made from the very shapes with which {@link readEdition} reads. What a
* schema cannot say, the reader refuses beyond it: an instant that is none.
*/
const editionSchema = {
	$schema: "https://json-schema.org/draft/2020-12/schema",
	$id: "urn:art32:edition:1",
	title: "art32.edition/1",
	description: "An edition of a document of technical and organisational measures, or a draft of one. Fields are only added as optional ones within a version; a changed meaning makes a new version.",
	...edition.schema
};

// apps/cli/src/bundled-edition.ts
/** Whether a value is an object with members. */
function isRecord$1(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

// apps/cli/src/edition-audit.ts
/**
* Compares what the edition of a bundle says with the log around it: its lines with the records that they cite, its ledger
* head with the log's first entries, its state with the leaf that recorded it.
*
* @param report of a bundle that holds: then the content is the recorded one. Its meaning is still its maker's.
*/
function auditBundledEdition(crypto, bundle, report) {
	const content = contentOf(report, report.editionLeaf, "content");
	const edition = asEdition(isRecord(content) ? content["edition"] : void 0);
	if (edition === null) return unreadable;
	try {
		const verdicts = auditEdition(edition, (leaf, role) => contentOf(report, leaf, role));
		return {
			edition,
			findings: [...checkHead(crypto, edition, bundle, report), ...verdicts.map(findingOf)]
		};
	} catch (error) {
		if (error instanceof TypeError || error instanceof RangeError) return unreadable;
		throw error;
	}
}
const unreadable = {
	edition: null,
	findings: [{
		ok: false,
		place: "edition",
		say: "The content of the edition does not have the shape of art32.edition/1."
	}]
};
function findingOf({ line, ok, say }) {
	return {
		ok,
		place: line === null ? "edition" : `line ${line}`,
		say
	};
}
function contentOf({ opened }, index, role) {
	const bytes = opened.get(slotName({
		index,
		role
	}));
	if (bytes === void 0) return void 0;
	try {
		return JSON.parse(decodeUtf8(bytes));
	} catch {
		return;
	}
}
function asEdition(value) {
	if (!isRecord(value) || value["format"] !== "art32.edition/1") return null;
	const { title, date, state, number, sections, ledger, tenant } = value;
	return typeof title === "string" && typeof date === "string" && (state === "draft" ? number === null : state === "edition" && Number.isSafeInteger(number)) && Array.isArray(sections) && isRecord(ledger) && isRecord(tenant) && typeof tenant["name"] === "string" ? value : null;
}
function isRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** The edition was made on top of this very log: its head is one that the log passed through before the edition's leaf. */
function checkHead(crypto, edition, bundle, report) {
	const { ledger, state } = edition;
	const problems = [
		ledger.origin === report.origin ? null : `It names the log ${ledger.origin}; the bundle holds ${report.origin}.`,
		headProblem(crypto, edition, bundle, report),
		checkpointProblem(crypto, edition, bundle),
		report.edition?.type === "edition.published" === (state === "edition") ? null : `It calls itself "${state}", but was recorded as ${report.edition?.type}.`
	].filter((problem) => problem !== null);
	if (problems.length > 0) return problems.map((say) => ({
		ok: false,
		place: "edition ledger head",
		say
	}));
	return [{
		ok: true,
		place: "edition ledger head",
		say: `It rests on the first ${ledger.size} entries of this log.`
	}];
}
function headProblem(crypto, { ledger: { size, root } }, bundle, { editionLeaf }) {
	if (!Number.isSafeInteger(size) || size < 0 || size > editionLeaf) return `It names a head of ${size} entries, but was recorded as entry ${editionLeaf} itself.`;
	const hashes = entriesOf(bundle, size).map((entry) => leafHash(crypto, entry));
	return encodeBase64(treeRoot(crypto, hashes)) === root ? null : `The root it names is not the one over the first ${size} entries.`;
}
/** The first entries of the log. The last entry bundle may be named by the size of the whole log, not by this one. */
function entriesOf(bundle, size) {
	const entries = [];
	const whole = [...bundle.keys()].filter((path) => path.startsWith("tile/entries/"));
	for (const tile of tilesOf(size)) {
		if (tile.level !== "entries") continue;
		const full = tilePath({
			...tile,
			width: 256
		});
		const path = whole.find((name) => name === full || name.startsWith(`${full}.p/`));
		const bytes = path === void 0 ? void 0 : bundle.get(path);
		if (bytes !== void 0) entries.push(...decodeEntries(bytes, path).slice(0, tile.width));
	}
	return entries;
}
/** The signed note in the edition says the same as its fields, by a key of this log. */
function checkpointProblem(crypto, { ledger }, bundle) {
	try {
		const key = parseVkey(crypto, ledger.key);
		if (!parsePolicy(crypto, decodeUtf8(bundle.get("policy.txt") ?? /* @__PURE__ */ new Uint8Array())).logs.some((log) => formatVkey(log.key) === formatVkey(key))) return "Its key is not one of this log.";
		const { origin, size, root } = openCheckpoint(crypto, ledger.checkpoint, [key]);
		return origin === ledger.origin && size === ledger.size && encodeBase64(root) === ledger.root ? null : "Its checkpoint says something else than its size and root.";
	} catch (error) {
		if (error instanceof LedgerError) return `Its checkpoint does not hold: ${error.reason}`;
		throw error;
	}
}

// apps/cli/src/verification.ts
/**
* Checks the files of a bundle: first the log, then what the edition says of it.
*
* @throws {Refusal} no bundle at all
*/
function verifyFiles(crypto, files, from, keys, held) {
	return conclude(crypto, files, check(crypto, files, keys, held), from);
}
/** The meaning of an edition that was changed is not worth a word. */
const notAudited = {
	edition: null,
	findings: []
};
function check(crypto, files, keys, held) {
	try {
		return verifyBundle(crypto, files, keys.length === 0 ? { held } : {
			keys,
			held
		});
	} catch (error) {
		if (error instanceof LedgerError) throw new Refusal(`The bundle cannot be read: ${error.message}`, 2, { cause: error });
		throw error;
	}
}
function conclude(crypto, files, report, from) {
	const { edition, findings } = report.holds ? auditBundledEdition(crypto, files, report) : notAudited;
	const gaps = gapsOf(edition);
	const faults = [...report.steps, ...findings].filter(({ ok }) => !ok).map(({ place, say }) => ({
		place,
		say
	}));
	const holds = report.holds && faults.length === 0;
	return {
		schema: "art32.verify/1",
		holds,
		from,
		edition: edition === null ? null : summary(edition),
		log: {
			origin: report.origin,
			size: report.size,
			keyFrom: report.keyFrom
		},
		proven: holds ? [...report.proven, ...provenOf(edition)] : [],
		notProven: [
			...report.notProven,
			"That page and PDF say the same as the edition: they were recorded with it, their wording was not compared.",
			...enclosedVerifier(crypto, files),
			...gapSentences(gaps),
			...edition?.state === "draft" ? ["That anybody stands behind it: it is a draft, not reviewed by a signatory."] : []
		],
		faults,
		steps: report.steps,
		lines: findings,
		gaps
	};
}
/** Attacker-controlled: whatever is no gap is not named. */
function gapsOf(edition) {
	if (edition === null) return [];
	return linesOf(edition.sections).flatMap(({ id, period }) => {
		const gaps = period?.gaps;
		if (!Array.isArray(gaps)) return [];
		return gaps.flatMap((gap) => isRecord$1(gap) && typeof gap["from"] === "string" && typeof gap["until"] === "string" ? [{
			line: id,
			from: gap["from"],
			until: gap["until"]
		}] : []);
	});
}
/** More would hide the rest. */
const gapsSaid = 10;
function gapSentences(gaps) {
	const said = gaps.slice(-10).map(({ line, from, until }) => `That line ${line} held from ${from} to ${until}: a look was due and none was made.`);
	return gaps.length > gapsSaid ? [...said, `The same of ${gaps.length - gapsSaid} more times in which nobody looked; --json names them all.`] : said;
}
function enclosedVerifier(crypto, files) {
	const bytes = files.get("files/art32-verify.mjs");
	if (bytes === void 0) return [];
	return [`That the verifier in the bundle is honest: it came with what it checks. Compare its SHA-256 with the one that art32 published: ${encodeHex(crypto.sha256(bytes))}`];
}
function summary({ title, state, number, date, counts, tenant }) {
	return {
		title,
		state,
		number,
		date,
		counts,
		tenant
	};
}
function provenOf(edition) {
	if (edition === null) return [];
	const { lines, assurance } = edition.counts;
	return [`Each of the ${lines} lines says no more than the records it cites: ${assurance.verified} verified, ${assurance.attested} attested, ${assurance.inherited} inherited; the other lines claim no proof.`];
}

// apps/cli/src/verify.ts
/**
* Checks a proof bundle without server and database.
*
* @param lookAgain asked only when the bundle holds
* @returns 1 if it does not hold, or if what was recorded as a pass is seen to fail
*/
async function verify$1(source, options, terminal, lookAgain) {
	const keys = (options.key ?? []).map(keyOf);
	const held = await heldCheckpoints(options);
	const { files, from } = await loadBundle(source);
	const checked = verifyFiles(nodeCrypto, files, from, keys, held.map(({ checkpoint }) => checkpoint));
	const verification = checked.holds ? checked : {
		...checked,
		faults: [...checked.faults, ...differences(held, files, checked)]
	};
	if (options.saveCheckpoint !== void 0 && verification.holds) await save(options.saveCheckpoint, files);
	const looksAgain = lookAgain !== void 0 && verification.holds;
	if (looksAgain) terminal.err("Looking again from here …\n");
	const rechecked = looksAgain ? await lookAgain(files) : void 0;
	const whole = rechecked === void 0 ? verification : {
		...verification,
		recheck: rechecked
	};
	terminal.out(options.json === true ? `${JSON.stringify(whole, null, 2)}\n` : print(verification, terminal.columns) + printRecheck(rechecked, terminal.columns));
	const isWorse = rechecked?.some(({ recorded, now }) => recorded === "pass" && now === "fail") ?? false;
	return verification.holds && !isWorse ? 0 : 1;
}
function print(verification, columns) {
	const { holds, edition, log, proven, notProven, faults, from } = verification;
	const list = (glyph, sentences) => sentences.map((sentence) => hang(`  ${glyph} `, sentence, columns)).join("");
	return [
		...edition === null ? [] : [hang("", `${edition.tenant.name}: ${edition.title}`, columns), `${edition.state === "draft" ? "Draft edition" : `Edition ${edition.number}`} of ${clean(edition.date)}\n`],
		hang("", `Bundle ${from}; log ${log.origin}`, columns),
		"\n",
		holds ? "✓ It holds.\n" : "✗ It does not hold.\n",
		...holds ? [] : [list("✗", faults.map(({ place, say }) => `${place}: ${say}`))],
		...holds ? ["\nProven\n", list("✓", proven)] : ["\nNothing in it is proven.\n"],
		"\nNot proven\n",
		list("–", notProven)
	].join("");
}
function printRecheck(rechecked, columns) {
	if (rechecked === void 0) return "";
	if (rechecked.length === 0) return `\nLooked at again from here\n${hang("  – ", "Nothing: no line rests on a look from outside at a system whose public address stands in the edition.", columns)}`;
	const glyphs = {
		same: "✓",
		different: "✗",
		"not-reachable": "–"
	};
	return `\nLooked at again from here\n${rechecked.map(({ result, line, check, system, recorded, now, say }) => {
		const what = {
			same: `the same now (${recorded})`,
			different: `different now: recorded as ${recorded}, seen as ${now}`,
			"not-reachable": "not reachable from here"
		}[result];
		return hang(`  ${glyphs[result]} `, `line ${line}, ${check} on ${system}: ${what}. ${say}`, columns);
	}).join("")}`;
}
function keyOf(text) {
	try {
		return parseVkey(nodeCrypto, text.trim());
	} catch (error) {
		if (error instanceof LedgerError) throw new Refusal(`--key: ${error.message}`, 2, { cause: error });
		throw error;
	}
}
/** What to continue; a checkpoint that is to be written over must be continued too. */
async function heldCheckpoints({ held = [], saveCheckpoint }) {
	const kept = await Promise.all(held.map((path) => readKept(path)));
	if (saveCheckpoint === void 0 || held.includes(saveCheckpoint)) return kept;
	try {
		return [...kept, await readOld(saveCheckpoint)];
	} catch (error) {
		if (error instanceof Refusal && errorCode(error.cause) === "ENOENT") return kept;
		throw error;
	}
}
/** The first entries that differ from those of the bundles that were kept. */
function differences(held, files, { log }) {
	return held.flatMap(({ bundle }) => bundle === null ? [] : firstDifference(bundle, files, log) ?? []);
}
async function save(path, files) {
	try {
		await writeFile(path, files.get("checkpoint") ?? /* @__PURE__ */ new Uint8Array());
	} catch (error) {
		throw fileRefusal(error, "the checkpoint") ?? error;
	}
}

// apps/cli/src/verify-file.ts
/**
* The verifier in one file, `art32-verify.mjs`: what `art32 verify` does, with nothing but Node.js from 20.19 on. It is built
* with each release and lies in every proof bundle, since whoever checks a provider should not have to install it.
*/
const usage = `art32-verify: checks a proof bundle of art32, without art32 and without a network.

  node art32-verify.mjs BUNDLE|URL     a zip file, a folder, or the address of a trust page

  --key VKEY               a key of the log that you got another way; may be repeated
  --held FILE              a checkpoint or a bundle that you kept; the log must continue it; may be repeated
  --save-checkpoint FILE   keep the checkpoint of what holds; one that is there must be continued
  --json                   print the schema art32.verify/1

Exit status: 0 it holds, 1 it does not, 2 it could not be looked at.
`;
process.exitCode = await run(process.argv.slice(2), processTerminal());
async function run(args, terminal) {
	try {
		const { source, options } = parse(args);
		if (options.help === true) {
			terminal.out(usage);
			return 0;
		}
		if (source === void 0) throw new Refusal("Name a bundle: a zip file, a folder, or the address of a trust page.");
		return await verify$1(source, options, terminal);
	} catch (error) {
		if (error instanceof Refusal) {
			terminal.err(`art32-verify: ${clean(error.message)}\n`);
			return error.exit;
		}
		terminal.err(`art32-verify made a mistake, please report it: ${error instanceof Error ? error.stack ?? error.name : "unknown"}\n`);
		return 2;
	}
}
function parse(args) {
	try {
		const { values, positionals } = parseArgs({
			args: [...args],
			allowPositionals: true,
			options: {
				key: {
					type: "string",
					multiple: true
				},
				held: {
					type: "string",
					multiple: true
				},
				"save-checkpoint": { type: "string" },
				json: { type: "boolean" },
				help: {
					type: "boolean",
					short: "h"
				}
			}
		});
		if (positionals.length > 1) throw new Refusal("Name one bundle; each is checked by a call of its own.");
		const { "save-checkpoint": saveCheckpoint, ...options } = values;
		return {
			source: positionals[0],
			options: saveCheckpoint === void 0 ? options : {
				...options,
				saveCheckpoint
			}
		};
	} catch (error) {
		if (errorCode(error).startsWith("ERR_PARSE_ARGS")) throw new Refusal("This argument is not known. node art32-verify.mjs --help explains them.", 2, { cause: error });
		throw error;
	}
}

export {  };