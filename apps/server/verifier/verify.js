// Checks a proof bundle of art32 in the browser: the page /verify and, as a worker, what it computes with.
// SPDX-License-Identifier: Apache-2.0
// apps/cli/src/terminal.ts
/**
* Text of others on one line, safe to print: escape sequences and directional overrides would let a document, a server or
* a bundle repaint the terminal.
*/
function clean$1(text) {
	return text.replaceAll(/\s+/g, " ").replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, "").trim();
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
	if (edition === null) return unreadable$1;
	try {
		const verdicts = auditEdition(edition, (leaf, role) => contentOf(report, leaf, role));
		return {
			edition,
			findings: [...checkHead(crypto, edition, bundle, report), ...verdicts.map(findingOf)]
		};
	} catch (error) {
		if (error instanceof TypeError || error instanceof RangeError) return unreadable$1;
		throw error;
	}
}
const unreadable$1 = {
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
	return conclude(crypto, files, check$1(crypto, files, keys, held), from);
}
/** The meaning of an edition that was changed is not worth a word. */
const notAudited = {
	edition: null,
	findings: []
};
function check$1(crypto, files, keys, held) {
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

// node_modules/fflate/esm/browser.js
var u8 = Uint8Array;
var u16 = Uint16Array;
var i32 = Int32Array;
var fleb = new u8([
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	1,
	1,
	1,
	1,
	2,
	2,
	2,
	2,
	3,
	3,
	3,
	3,
	4,
	4,
	4,
	4,
	5,
	5,
	5,
	5,
	0,
	0,
	0,
	0
]);
var fdeb = new u8([
	0,
	0,
	0,
	0,
	1,
	1,
	2,
	2,
	3,
	3,
	4,
	4,
	5,
	5,
	6,
	6,
	7,
	7,
	8,
	8,
	9,
	9,
	10,
	10,
	11,
	11,
	12,
	12,
	13,
	13,
	0,
	0
]);
var clim = new u8([
	16,
	17,
	18,
	0,
	8,
	7,
	9,
	6,
	10,
	5,
	11,
	4,
	12,
	3,
	13,
	2,
	14,
	1,
	15
]);
var freb = function(eb, start) {
	var b = new u16(31);
	for (var i = 0; i < 31; ++i) b[i] = start += 1 << eb[i - 1];
	var r = new i32(b[30]);
	for (var i = 1; i < 30; ++i) for (var j = b[i]; j < b[i + 1]; ++j) r[j] = j - b[i] << 5 | i;
	return {
		b,
		r
	};
};
var _a = freb(fleb, 2);
var fl = _a.b;
var revfl = _a.r;
fl[28] = 258, revfl[258] = 28;
var _b = freb(fdeb, 0);
var fd = _b.b;
var revfd = _b.r;
var rev = new u16(32768);
for (var i = 0; i < 32768; ++i) {
	var x = (i & 43690) >> 1 | (i & 21845) << 1;
	x = (x & 52428) >> 2 | (x & 13107) << 2;
	x = (x & 61680) >> 4 | (x & 3855) << 4;
	rev[i] = ((x & 65280) >> 8 | (x & 255) << 8) >> 1;
}
var hMap = (function(cd, mb, r) {
	var s = cd.length;
	var i = 0;
	var l = new u16(mb);
	for (; i < s; ++i) if (cd[i]) ++l[cd[i] - 1];
	var le = new u16(mb);
	for (i = 1; i < mb; ++i) le[i] = le[i - 1] + l[i - 1] << 1;
	var co;
	if (r) {
		co = new u16(1 << mb);
		var rvb = 15 - mb;
		for (i = 0; i < s; ++i) if (cd[i]) {
			var sv = i << 4 | cd[i];
			var r_1 = mb - cd[i];
			var v = le[cd[i] - 1]++ << r_1;
			for (var m = v | (1 << r_1) - 1; v <= m; ++v) co[rev[v] >> rvb] = sv;
		}
	} else {
		co = new u16(s);
		for (i = 0; i < s; ++i) if (cd[i]) co[i] = rev[le[cd[i] - 1]++] >> 15 - cd[i];
	}
	return co;
});
var flt = new u8(288);
for (var i = 0; i < 144; ++i) flt[i] = 8;
for (var i = 144; i < 256; ++i) flt[i] = 9;
for (var i = 256; i < 280; ++i) flt[i] = 7;
for (var i = 280; i < 288; ++i) flt[i] = 8;
var fdt = new u8(32);
for (var i = 0; i < 32; ++i) fdt[i] = 5;
var flrm = /*#__PURE__*/ hMap(flt, 9, 1);
var fdrm = /*#__PURE__*/ hMap(fdt, 5, 1);
var max = function(a) {
	var m = a[0];
	for (var i = 1; i < a.length; ++i) if (a[i] > m) m = a[i];
	return m;
};
var bits = function(d, p, m) {
	var o = p / 8 | 0;
	return (d[o] | d[o + 1] << 8) >> (p & 7) & m;
};
var bits16 = function(d, p) {
	var o = p / 8 | 0;
	return (d[o] | d[o + 1] << 8 | d[o + 2] << 16) >> (p & 7);
};
var shft = function(p) {
	return (p + 7) / 8 | 0;
};
var slc = function(v, s, e) {
	if (s == null || s < 0) s = 0;
	if (e == null || e > v.length) e = v.length;
	return new u8(v.subarray(s, e));
};
var ec = [
	"unexpected EOF",
	"invalid block type",
	"invalid length/literal",
	"invalid distance",
	"stream finished",
	"no stream handler",
	,
	"no callback",
	"invalid UTF-8 data",
	"extra field too long",
	"date not in range 1980-2099",
	"filename too long",
	"stream finishing",
	"invalid zip data"
];
var err = function(ind, msg, nt) {
	var e = new Error(msg || ec[ind]);
	e.code = ind;
	if (Error.captureStackTrace) Error.captureStackTrace(e, err);
	if (!nt) throw e;
	return e;
};
var inflt = function(dat, st, buf, dict) {
	var sl = dat.length, dl = dict ? dict.length : 0;
	if (!sl || st.f && !st.l) return buf || new u8(0);
	var noBuf = !buf;
	var resize = noBuf || st.i != 2;
	var noSt = st.i;
	if (noBuf) buf = new u8(sl * 3);
	var cbuf = function(l) {
		var bl = buf.length;
		if (l > bl) {
			var nbuf = new u8(Math.max(bl * 2, l));
			nbuf.set(buf);
			buf = nbuf;
		}
	};
	var final = st.f || 0, pos = st.p || 0, bt = st.b || 0, lm = st.l, dm = st.d, lbt = st.m, dbt = st.n;
	var tbts = sl * 8;
	do {
		if (!lm) {
			final = bits(dat, pos, 1);
			var type = bits(dat, pos + 1, 3);
			pos += 3;
			if (!type) {
				var s = shft(pos) + 4, l = dat[s - 4] | dat[s - 3] << 8, t = s + l;
				if (t > sl) {
					if (noSt) err(0);
					break;
				}
				if (resize) cbuf(bt + l);
				buf.set(dat.subarray(s, t), bt);
				st.b = bt += l, st.p = pos = t * 8, st.f = final;
				continue;
			} else if (type == 1) lm = flrm, dm = fdrm, lbt = 9, dbt = 5;
			else if (type == 2) {
				var hLit = bits(dat, pos, 31) + 257, hcLen = bits(dat, pos + 10, 15) + 4;
				var tl = hLit + bits(dat, pos + 5, 31) + 1;
				pos += 14;
				var ldt = new u8(tl);
				var clt = new u8(19);
				for (var i = 0; i < hcLen; ++i) clt[clim[i]] = bits(dat, pos + i * 3, 7);
				pos += hcLen * 3;
				var clb = max(clt), clbmsk = (1 << clb) - 1;
				var clm = hMap(clt, clb, 1);
				for (var i = 0; i < tl;) {
					var r = clm[bits(dat, pos, clbmsk)];
					pos += r & 15;
					var s = r >> 4;
					if (s < 16) ldt[i++] = s;
					else {
						var c = 0, n = 0;
						if (s == 16) n = 3 + bits(dat, pos, 3), pos += 2, c = ldt[i - 1];
						else if (s == 17) n = 3 + bits(dat, pos, 7), pos += 3;
						else if (s == 18) n = 11 + bits(dat, pos, 127), pos += 7;
						while (n--) ldt[i++] = c;
					}
				}
				var lt = ldt.subarray(0, hLit), dt = ldt.subarray(hLit);
				lbt = max(lt);
				dbt = max(dt);
				lm = hMap(lt, lbt, 1);
				dm = hMap(dt, dbt, 1);
			} else err(1);
			if (pos > tbts) {
				if (noSt) err(0);
				break;
			}
		}
		if (resize) cbuf(bt + 131072);
		var lms = (1 << lbt) - 1, dms = (1 << dbt) - 1;
		var lpos = pos;
		for (;; lpos = pos) {
			var c = lm[bits16(dat, pos) & lms], sym = c >> 4;
			pos += c & 15;
			if (pos > tbts) {
				if (noSt) err(0);
				break;
			}
			if (!c) err(2);
			if (sym < 256) buf[bt++] = sym;
			else if (sym == 256) {
				lpos = pos, lm = null;
				break;
			} else {
				var add = sym - 254;
				if (sym > 264) {
					var i = sym - 257, b = fleb[i];
					add = bits(dat, pos, (1 << b) - 1) + fl[i];
					pos += b;
				}
				var d = dm[bits16(dat, pos) & dms], dsym = d >> 4;
				if (!d) err(3);
				pos += d & 15;
				var dt = fd[dsym];
				if (dsym > 3) {
					var b = fdeb[dsym];
					dt += bits16(dat, pos) & (1 << b) - 1, pos += b;
				}
				if (pos > tbts) {
					if (noSt) err(0);
					break;
				}
				if (resize) cbuf(bt + 131072);
				var end = bt + add;
				if (bt < dt) {
					var shift = dl - dt, dend = Math.min(dt, end);
					if (shift + bt < 0) err(3);
					for (; bt < dend; ++bt) buf[bt] = dict[shift + bt];
				}
				for (; bt < end; ++bt) buf[bt] = buf[bt - dt];
			}
		}
		st.l = lm, st.p = lpos, st.b = bt, st.f = final;
		if (lm) final = 1, st.m = lbt, st.d = dm, st.n = dbt;
	} while (!final);
	return bt != buf.length && noBuf ? slc(buf, 0, bt) : buf.subarray(0, bt);
};
var et = /*#__PURE__*/ new u8(0);
var b2 = function(d, b) {
	return d[b] | d[b + 1] << 8;
};
var b4 = function(d, b) {
	return (d[b] | d[b + 1] << 8 | d[b + 2] << 16 | d[b + 3] << 24) >>> 0;
};
var b8 = function(d, b) {
	return b4(d, b) + b4(d, b + 4) * 4294967296;
};
function inflateSync(data, opts) {
	return inflt(data, { i: 2 }, opts && opts.out, opts && opts.dictionary);
}
var td = typeof TextDecoder != "undefined" && /*#__PURE__*/ new TextDecoder();
var tds = 0;
try {
	td.decode(et, { stream: true });
	tds = 1;
} catch (e) {}
var dutf8 = function(d) {
	for (var r = "", i = 0;;) {
		var c = d[i++];
		var eb = (c > 127) + (c > 223) + (c > 239);
		if (i + eb > d.length) return {
			s: r,
			r: slc(d, i - 1)
		};
		if (!eb) r += String.fromCharCode(c);
		else if (eb == 3) c = ((c & 15) << 18 | (d[i++] & 63) << 12 | (d[i++] & 63) << 6 | d[i++] & 63) - 65536, r += String.fromCharCode(55296 | c >> 10, 56320 | c & 1023);
		else if (eb & 1) r += String.fromCharCode((c & 31) << 6 | d[i++] & 63);
		else r += String.fromCharCode((c & 15) << 12 | (d[i++] & 63) << 6 | d[i++] & 63);
	}
};
/**
* Converts a Uint8Array to a string
* @param dat The data to decode to string
* @param latin1 Whether or not to interpret the data as Latin-1. This should
*               not need to be true unless encoding to binary string.
* @returns The original UTF-8/Latin-1 string
*/
function strFromU8(dat, latin1) {
	if (latin1) {
		var r = "";
		for (var i = 0; i < dat.length; i += 16384) r += String.fromCharCode.apply(null, dat.subarray(i, i + 16384));
		return r;
	} else if (td) return td.decode(dat);
	else {
		var _a = dutf8(dat), s = _a.s, r = _a.r;
		if (r.length) err(8);
		return s;
	}
}
var slzh = function(d, b) {
	return b + 30 + b2(d, b + 26) + b2(d, b + 28);
};
var zh = function(d, b, z) {
	var fnl = b2(d, b + 28), efl = b2(d, b + 30), fn = strFromU8(d.subarray(b + 46, b + 46 + fnl), !(b2(d, b + 8) & 2048)), es = b + 46 + fnl;
	var _a = z64hs(d, es, efl, z, b4(d, b + 20), b4(d, b + 24), b4(d, b + 42)), sc = _a[0], su = _a[1], off = _a[2];
	return [
		b2(d, b + 10),
		sc,
		su,
		fn,
		es + efl + b2(d, b + 32),
		off
	];
};
var z64hs = function(d, b, l, z, sc, su, off) {
	var nsc = sc == 4294967295, nsu = su == 4294967295, noff = off == 4294967295, e = b + l;
	var nf = nsc + nsu + noff;
	if (z && nf) {
		for (; b + 4 < e; b += 4 + b2(d, b + 2)) if (b2(d, b) == 1) return [
			nsc ? b8(d, b + 4 + 8 * nsu) : sc,
			nsu ? b8(d, b + 4) : su,
			noff ? b8(d, b + 4 + 8 * (nsu + nsc)) : off,
			1
		];
		if (z < 2) err(13);
	}
	return [
		sc,
		su,
		off,
		0
	];
};
/**
* Synchronously decompresses a ZIP archive. Prefer using `unzip` for better
* performance with more than one file.
* @param data The raw compressed ZIP file
* @param opts The ZIP extraction options
* @returns The decompressed files
*/
function unzipSync(data, opts) {
	var files = {};
	var e = data.length - 22;
	for (; b4(data, e) != 101010256; --e) if (!e || data.length - e > 65558) err(13);
	var c = b2(data, e + 8);
	if (!c) return {};
	var o = b4(data, e + 16);
	var z = b4(data, e - 20) == 117853008;
	if (z) {
		var ze = b4(data, e - 12);
		z = b4(data, ze) == 101075792;
		if (z) {
			c = b4(data, ze + 32);
			o = b4(data, ze + 48);
		}
	}
	var fltr = opts && opts.filter;
	for (var i = 0; i < c; ++i) {
		var _a = zh(data, o, z), c_2 = _a[0], sc = _a[1], su = _a[2], fn = _a[3], no = _a[4], off = _a[5], b = slzh(data, off);
		o = no;
		if (!fltr || fltr({
			name: fn,
			size: sc,
			originalSize: su,
			compression: c_2
		})) {
			if (!c_2) files[fn] = slc(data, b, b + sc);
			else if (c_2 == 8) files[fn] = inflateSync(data.subarray(b, b + sc), { out: new u8(su) });
			else err(14, "unknown compression type " + c_2);
		}
	}
	return files;
}

// apps/cli/src/verify-page/unpack.ts
/** What a bundle may cost in a browser, where it stays in memory twice; the verifier in one file takes more. */
const browserLimits = {
	packedBytes: 100663296,
	unpackedBytes: 268435456,
	entries: 6e4
};
/** A file that is no archive that is read here. */
var UnreadableArchive = class extends Error {
	name = "UnreadableArchive";
	why;
	constructor(why, options = {}) {
		super(why, options);
		this.why = why;
	}
};
/** Unpacks an archive (attacker-controlled): nothing is inflated beyond what the limits allow. @throws {UnreadableArchive} */
function unpack(bytes) {
	if (bytes.length > browserLimits.packedBytes) throw new UnreadableArchive("too-large");
	const names = /* @__PURE__ */ new Set();
	let total = 0;
	try {
		const files = unzipSync(bytes, { filter({ name, originalSize }) {
			total += originalSize;
			if (total > browserLimits.unpackedBytes) throw new UnreadableArchive("too-large");
			if (names.has(name)) throw new UnreadableArchive("twice");
			names.add(name);
			if (names.size > browserLimits.entries) throw new UnreadableArchive("too-many");
			return !name.endsWith("/");
		} });
		return new Map(Object.entries(files));
	} catch (error) {
		if (error instanceof UnreadableArchive) throw error;
		throw new UnreadableArchive("no-archive", { cause: error });
	}
}

// node_modules/@noble/hashes/_u64.js
const fromNumH = (n) => n / 2 ** 32 | 0;
const fromNumL = (n) => n >>> 0;
function setU64FromNum(view, byteOffset, n, isLE) {
	const h = fromNumH(n);
	const l = fromNumL(n);
	view.setUint32(byteOffset, isLE ? l : h, isLE);
	view.setUint32(byteOffset + 4, isLE ? h : l, isLE);
}

// node_modules/@noble/hashes/utils.js
/**
* Checks if something is Uint8Array. Be careful: nodejs Buffer will return true.
* @param a - value to test
* @returns `true` when the value is a Uint8Array-compatible view.
* @example
* Check whether a value is a Uint8Array-compatible view.
* ```ts
* isBytes(new Uint8Array([1, 2, 3]));
* ```
*/
function isBytes(a) {
	return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
const atitle = (title) => title ? `"${title}" ` : "";
/**
* Asserts something is a non-negative integer.
* @param n - number to validate
* @param title - label included in thrown errors
* @returns The validated number.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Validate a non-negative integer option.
* ```ts
* anumber(32, 'length');
* ```
*/
function anumber(n, title = "") {
	if (typeof n !== "number") throw new TypeError(atitle(title) + "expected number, got " + typeof n);
	if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(atitle(title) + "expected integer >= 0, got " + n);
	return n;
}
/**
* Asserts something is Uint8Array.
* @param value - value to validate
* @param length - optional exact length constraint
* @param title - label included in thrown errors
* @returns The validated byte array.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Validate that a value is a byte array.
* ```ts
* abytes(new Uint8Array([1, 2, 3]));
* ```
*/
function abytes(value, length, title = "") {
	if (isBytes(value) && (length === void 0 || value.length === length)) return value;
	if (length !== void 0) anumber(length, "length");
	const bytes = isBytes(value);
	const ofLen = length !== void 0 ? ` of length ${length}` : "";
	const got = bytes ? `length=${value.length}` : `type=${typeof value}`;
	const message = atitle(title) + "expected Uint8Array" + ofLen + ", got " + got;
	if (!bytes) throw new TypeError(message);
	throw new RangeError(message);
}
const aobject = (value, label) => {
	if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TypeError((label === "object" ? "" : `"${label}" `) + "expected object, got type=" + typeof value);
};
const aopts = (value, label) => {
	aobject(value, label);
	const proto = Object.getPrototypeOf(value);
	if (proto !== Object.prototype && proto !== null) throw new TypeError(`"${label}" expected plain object`);
	if (Object.hasOwn(value, "__proto__")) throw new TypeError(`"${label}.__proto__" is not allowed`);
};
/**
* Asserts a hash instance has not been destroyed or finished.
* @param instance - hash instance to validate
* @param checkFinished - whether to reject finalized instances
* @throws If the hash instance has already been destroyed or finalized. {@link Error}
* @example
* Validate that a hash instance is still usable.
* ```ts
* import { aexists } from '@noble/hashes/utils.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* const hash = sha256.create();
* aexists(hash);
* ```
*/
function aexists(instance, checkFinished = true) {
	if (instance.destroyed) throw new Error("hash was destroyed");
	if (checkFinished && instance.finished) throw new Error("digest() was already called");
}
/**
* Asserts output is a sufficiently-sized byte array.
* @param out - destination buffer
* @param instance - hash instance providing output length
* Oversized buffers are allowed; downstream code only promises to fill the first `outputLen` bytes.
* @throws On wrong argument types. {@link TypeError}
* @throws On wrong argument ranges or values. {@link RangeError}
* @example
* Validate a caller-provided digest buffer.
* ```ts
* import { aoutput } from '@noble/hashes/utils.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* const hash = sha256.create();
* aoutput(new Uint8Array(hash.outputLen), hash);
* ```
*/
function aoutput(out, instance) {
	abytes(out, void 0, "output");
	const min = instance.outputLen;
	if (!(out.length >= min)) throw new RangeError("\"output\" expected length >= " + min);
}
/**
* Zeroizes typed arrays in place. Warning: JS provides no guarantees.
* @param arrays - arrays to overwrite with zeros
* @example
* Zeroize sensitive buffers in place.
* ```ts
* clean(new Uint8Array([1, 2, 3]));
* ```
*/
function clean(...arrays) {
	for (let i = 0; i < arrays.length; i++) arrays[i].fill(0);
}
/**
* Creates a DataView for byte-level manipulation.
* @param arr - source typed array
* @returns DataView over the same buffer region.
* @example
* Create a DataView over an existing buffer.
* ```ts
* createView(new Uint8Array(4));
* ```
*/
function createView(arr) {
	return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
}
/**
* Rotate-right operation for uint32 values.
* @param word - source word
* @param shift - shift amount in bits
* @returns Rotated word.
* @example
* Rotate a 32-bit word to the right.
* ```ts
* rotr(0x12345678, 8);
* ```
*/
function rotr(word, shift) {
	return word << 32 - shift | word >>> shift;
}
/**
* Merges default options and passed options.
* @param defaults - base option object
* @param opts - user overrides
* @param title - label included in thrown override errors
* @returns Fresh merged option object with a null prototype.
* @throws On wrong argument types. {@link TypeError}
* @example
* Merge user overrides onto default options.
* ```ts
* checkOpts({ dkLen: 32 }, { asyncTick: 10 });
* ```
*/
function checkOpts(defaults, opts, title = "opts") {
	aopts(defaults, "defaults");
	if (opts !== void 0) aopts(opts, title);
	return Object.assign(Object.create(null), defaults, opts);
}
/**
* Creates a callable hash function from a stateful class constructor.
* @param hashCons - hash constructor or factory
* @param info - optional metadata such as DER OID
* @returns Frozen callable hash wrapper with `.create()`.
*   Wrapper construction eagerly calls `hashCons(undefined)` once to read
*   `outputLen` / `blockLen`, so constructor side effects happen at module
*   init time.
* @throws On wrong argument types. {@link TypeError}
* @example
* Wrap a stateful hash constructor into a callable helper.
* ```ts
* import { createHasher } from '@noble/hashes/utils.js';
* import { sha256 } from '@noble/hashes/sha2.js';
* const wrapped = createHasher(sha256.create, { oid: sha256.oid });
* wrapped(new Uint8Array([1]));
* ```
*/
function createHasher(hashCons, info = {}) {
	if (typeof hashCons !== "function") throw new TypeError("\"hashCons\" expected function, got type=" + typeof hashCons);
	info = checkOpts({}, info, "info");
	const hashC = (msg, opts) => hashCons(opts).update(msg).digest();
	const tmp = hashCons(void 0);
	hashC.outputLen = tmp.outputLen;
	hashC.blockLen = tmp.blockLen;
	hashC.canXOF = tmp.canXOF;
	hashC.create = (opts) => hashCons(opts);
	Object.assign(hashC, info);
	return Object.freeze(hashC);
}
/**
* Creates OID metadata for NIST hashes with prefix `06 09 60 86 48 01 65 03 04 02`.
* @param suffix - final OID byte for the selected hash.
*   The helper accepts any byte even though only the documented NIST hash
*   suffixes are meaningful downstream.
* @returns Object containing the DER-encoded OID.
* @example
* Build OID metadata for a NIST hash.
* ```ts
* oidNist(0x01);
* ```
*/
const oidNist = (suffix) => ({ oid: Uint8Array.from([
	6,
	9,
	96,
	134,
	72,
	1,
	101,
	3,
	4,
	2,
	suffix
]) });

// node_modules/@noble/hashes/_md.js
/**
* Internal Merkle-Damgard hash utils.
* @module
*/
/**
* Shared 32-bit conditional boolean primitive reused by SHA-256, SHA-1, and MD5 `F`.
* Returns bits from `b` when `a` is set, otherwise from `c`.
* The XOR form is equivalent to MD5's `F(X,Y,Z) = XY v not(X)Z` because the masked terms never
* set the same bit.
* @param a - selector word
* @param b - word chosen when selector bit is set
* @param c - word chosen when selector bit is clear
* @returns Mixed 32-bit word.
* @example
* Combine three words with the shared 32-bit choice primitive.
* ```ts
* Chi(0xffffffff, 0x12345678, 0x87654321);
* ```
*/
function Chi(a, b, c) {
	return a & b ^ ~a & c;
}
/**
* Shared 32-bit majority primitive reused by SHA-256 and SHA-1.
* Returns bits shared by at least two inputs.
* @param a - first input word
* @param b - second input word
* @param c - third input word
* @returns Mixed 32-bit word.
* @example
* Combine three words with the shared 32-bit majority primitive.
* ```ts
* Maj(0xffffffff, 0x12345678, 0x87654321);
* ```
*/
function Maj(a, b, c) {
	return a & b ^ a & c ^ b & c;
}
/**
* Merkle-Damgard hash construction base class.
* Could be used to create MD5, RIPEMD, SHA1, SHA2.
* Accepts only byte-aligned `Uint8Array` input, even when the underlying spec describes bit
* strings with partial-byte tails.
* @param blockLen - internal block size in bytes
* @param outputLen - digest size in bytes
* @param padOffset - trailing length field size in bytes
* @param isLE - whether length and state words are encoded in little-endian
* @example
* Use a concrete subclass to get the shared Merkle-Damgard update/digest flow.
* ```ts
* import { _SHA1 } from '@noble/hashes/legacy.js';
* const hash = new _SHA1();
* hash.update(new Uint8Array([97, 98, 99]));
* hash.digest();
* ```
*/
var HashMD = class {
	blockLen;
	outputLen;
	canXOF = false;
	padOffset;
	isLE;
	buffer;
	view;
	finished = false;
	length = 0;
	pos = 0;
	destroyed = false;
	constructor(blockLen, outputLen, padOffset, isLE) {
		this.blockLen = blockLen;
		this.outputLen = outputLen;
		this.padOffset = padOffset;
		this.isLE = isLE;
		this.buffer = new Uint8Array(blockLen);
		this.view = createView(this.buffer);
	}
	update(data) {
		aexists(this);
		abytes(data);
		const { view, buffer, blockLen } = this;
		const len = data.length;
		let processed = false;
		for (let pos = 0; pos < len;) {
			const take = Math.min(blockLen - this.pos, len - pos);
			if (take === blockLen) {
				const dataView = createView(data);
				for (; blockLen <= len - pos; pos += blockLen) this.process(dataView, pos);
				processed = true;
				continue;
			}
			buffer.set(pos === 0 && take === len ? data : data.subarray(pos, pos + take), this.pos);
			this.pos += take;
			pos += take;
			if (this.pos === blockLen) {
				this.process(view, 0);
				this.pos = 0;
				processed = true;
			}
		}
		this.length += data.length;
		if (processed) this.roundClean();
		return this;
	}
	digestInto(out) {
		aexists(this);
		aoutput(out, this);
		this.finished = true;
		const { buffer, view, blockLen, isLE } = this;
		let { pos } = this;
		buffer[pos++] = 128;
		buffer.fill(0, pos);
		if (this.padOffset > blockLen - pos) {
			this.process(view, 0);
			buffer.fill(0);
		}
		setU64FromNum(view, blockLen - 8, this.length * 8, isLE);
		this.process(view, 0);
		this.roundClean();
		const oview = out === buffer ? view : createView(out);
		const len = this.outputLen;
		const outLen = len / 4;
		const state = this.get();
		if (len % 4 || outLen > state.length) throw new Error("invalid outputLen");
		for (let i = 0; i < outLen; i++) oview.setUint32(4 * i, state[i], isLE);
	}
	digest() {
		const { buffer, outputLen } = this;
		this.digestInto(buffer);
		const res = buffer.slice(0, outputLen);
		this.destroy();
		return res;
	}
	_cloneIntoMeta(to) {
		const { buffer, length, finished, destroyed, pos } = this;
		to.destroyed = destroyed;
		to.finished = finished;
		to.length = length;
		to.pos = pos;
		if (pos) to.buffer.set(buffer);
		return to;
	}
	clone() {
		return this._cloneInto();
	}
};
/**
* Initial SHA-2 state: fractional parts of square roots of first 16 primes 2..53.
* Check out `test/misc/sha2-gen-iv.js` for recomputation guide.
*/
/** Initial SHA256 state from RFC 6234 §6.1: the first 32 bits of the fractional parts of the
* square roots of the first eight prime numbers. Exported as a shared table; callers must treat
* it as read-only because constructors copy words from it by index. */
const SHA256_IV = /* @__PURE__ */ Uint32Array.from([
	1779033703,
	3144134277,
	1013904242,
	2773480762,
	1359893119,
	2600822924,
	528734635,
	1541459225
]);

// node_modules/@noble/hashes/sha2.js
/**
* SHA2 hash function. A.k.a. sha256, sha384, sha512, sha512_224, sha512_256.
* SHA256 is the fastest hash implementable in JS, even faster than Blake3.
* Check out {@link https://www.rfc-editor.org/rfc/rfc4634 | RFC 4634} and
* {@link https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.180-4.pdf | FIPS 180-4}.
* @module
*/
/**
* SHA-224 / SHA-256 round constants from RFC 6234 §5.1: the first 32 bits
* of the cube roots of the first 64 primes (2..311).
*/
const SHA256_K = /* @__PURE__ */ Uint32Array.from([
	1116352408,
	1899447441,
	3049323471,
	3921009573,
	961987163,
	1508970993,
	2453635748,
	2870763221,
	3624381080,
	310598401,
	607225278,
	1426881987,
	1925078388,
	2162078206,
	2614888103,
	3248222580,
	3835390401,
	4022224774,
	264347078,
	604807628,
	770255983,
	1249150122,
	1555081692,
	1996064986,
	2554220882,
	2821834349,
	2952996808,
	3210313671,
	3336571891,
	3584528711,
	113926993,
	338241895,
	666307205,
	773529912,
	1294757372,
	1396182291,
	1695183700,
	1986661051,
	2177026350,
	2456956037,
	2730485921,
	2820302411,
	3259730800,
	3345764771,
	3516065817,
	3600352804,
	4094571909,
	275423344,
	430227734,
	506948616,
	659060556,
	883997877,
	958139571,
	1322822218,
	1537002063,
	1747873779,
	1955562222,
	2024104815,
	2227730452,
	2361852424,
	2428436474,
	2756734187,
	3204031479,
	3329325298
]);
/** Reusable SHA-224 / SHA-256 message schedule buffer `W_t` from RFC 6234 §6.2 step 1. */
const SHA256_W = /* @__PURE__ */ new Uint32Array(64);
/** Internal SHA-224 / SHA-256 compression engine from RFC 6234 §6.2. */
var SHA2_32B = class extends HashMD {
	A = 0;
	B = 0;
	C = 0;
	D = 0;
	E = 0;
	F = 0;
	G = 0;
	H = 0;
	constructor(outputLen, IV) {
		super(64, outputLen, 8, false);
		this.A = IV[0] | 0;
		this.B = IV[1] | 0;
		this.C = IV[2] | 0;
		this.D = IV[3] | 0;
		this.E = IV[4] | 0;
		this.F = IV[5] | 0;
		this.G = IV[6] | 0;
		this.H = IV[7] | 0;
	}
	get() {
		const { A, B, C, D, E, F, G, H } = this;
		return [
			A,
			B,
			C,
			D,
			E,
			F,
			G,
			H
		];
	}
	set(A, B, C, D, E, F, G, H) {
		this.A = A | 0;
		this.B = B | 0;
		this.C = C | 0;
		this.D = D | 0;
		this.E = E | 0;
		this.F = F | 0;
		this.G = G | 0;
		this.H = H | 0;
	}
	_cloneInto(to) {
		(to ||= new this.constructor()).set(...this.get());
		return this._cloneIntoMeta(to);
	}
	process(view, offset) {
		for (let i = 0; i < 16; i++, offset += 4) SHA256_W[i] = view.getUint32(offset, false);
		for (let i = 16; i < 64; i++) {
			const W15 = SHA256_W[i - 15];
			const W2 = SHA256_W[i - 2];
			const s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ W15 >>> 3;
			const s1 = rotr(W2, 17) ^ rotr(W2, 19) ^ W2 >>> 10;
			SHA256_W[i] = s1 + SHA256_W[i - 7] + s0 + SHA256_W[i - 16] | 0;
		}
		let { A, B, C, D, E, F, G, H } = this;
		for (let i = 0; i < 64; i++) {
			const sigma1 = rotr(E, 6) ^ rotr(E, 11) ^ rotr(E, 25);
			const T1 = H + sigma1 + Chi(E, F, G) + SHA256_K[i] + SHA256_W[i] | 0;
			const T2 = (rotr(A, 2) ^ rotr(A, 13) ^ rotr(A, 22)) + Maj(A, B, C) | 0;
			H = G;
			G = F;
			F = E;
			E = D + T1 | 0;
			D = C;
			C = B;
			B = A;
			A = T1 + T2 | 0;
		}
		A = A + this.A | 0;
		B = B + this.B | 0;
		C = C + this.C | 0;
		D = D + this.D | 0;
		E = E + this.E | 0;
		F = F + this.F | 0;
		G = G + this.G | 0;
		H = H + this.H | 0;
		this.set(A, B, C, D, E, F, G, H);
	}
	roundClean() {
		clean(SHA256_W);
	}
	destroy() {
		this.destroyed = true;
		this.set(0, 0, 0, 0, 0, 0, 0, 0);
		clean(this.buffer);
	}
};
/** Internal SHA-256 hash class grounded in RFC 6234 §6.2. */
var _SHA256 = class extends SHA2_32B {
	constructor() {
		super(32, SHA256_IV);
	}
};
/**
* SHA2-256 hash function from RFC 4634. In JS it's the fastest: even faster than Blake3. Some info:
*
* - Trying 2^128 hashes would get 50% chance of collision, using birthday attack.
* - BTC network is doing 2^70 hashes/sec (2^95 hashes/year) as per 2025.
* - Each sha256 hash is executing 2^18 bit operations.
* - Good 2024 ASICs can do 200Th/sec with 3500 watts of power, corresponding to 2^36 hashes/joule.
* @param msg - message bytes to hash
* @param opts - Reserved hash options.
* @returns Digest bytes.
* @example
* Hash a message with SHA2-256.
* ```ts
* sha256(new Uint8Array([97, 98, 99]));
* ```
*/
const sha256 = /* @__PURE__ */ createHasher(() => new _SHA256(), /* @__PURE__ */ oidNist(1));

// apps/cli/src/verify-page/web-crypto.ts
/** The browser has no Ed25519 where the page was not loaded by HTTPS, or is too old. */
var NoSignatures = class extends Error {
	name = "NoSignatures";
};
/** More rounds than a bundle has signatures that depend on one another: log, edition, installation. */
const mostRounds = 10;
/**
* Runs a verification by the browser's own Ed25519, which answers later while the ledger asks at once: each round notes
* the signatures whose answer is not known yet and takes them for wrong; when they are known, it runs again.
*
* @throws {NoSignatures}
*/
async function runWithWebCrypto(work) {
	const known = /* @__PURE__ */ new Map();
	for (let round = 0; round < mostRounds; round += 1) {
		const asked = /* @__PURE__ */ new Map();
		const result = work(cryptoOf(known, asked));
		if (asked.size === 0) return result;
		for (const [name, one] of asked) known.set(name, await verify(one));
	}
	throw new RangeError("The signatures of the bundle depend on one another without end.");
}
function cryptoOf(known, asked) {
	return {
		sha256,
		verifyEd25519(publicKey, message, signature) {
			const name = [
				publicKey,
				message,
				signature
			].map((bytes) => `${bytes.length} ${sha256(bytes).join()}`).join(" ");
			const answer = known.get(name);
			if (answer === void 0) asked.set(name, {
				publicKey: publicKey.slice(),
				message: message.slice(),
				signature: signature.slice()
			});
			return answer ?? false;
		}
	};
}
async function verify({ publicKey, message, signature }) {
	const subtle = globalThis.crypto.subtle;
	if (subtle === void 0) throw new NoSignatures();
	try {
		const key = await subtle.importKey("raw", Uint8Array.from(publicKey), "Ed25519", false, ["verify"]);
		return await subtle.verify("Ed25519", key, Uint8Array.from(signature), Uint8Array.from(message));
	} catch (error) {
		if (error instanceof DOMException && error.name === "NotSupportedError") throw new NoSignatures("no Ed25519", { cause: error });
		return false;
	}
}

// apps/cli/src/verify-page/check.ts
/** Checks a bundle as the command line does. Never throws: whatever was given, there is something to say. */
async function check({ name, bundle, key, held }) {
	try {
		const files = unpack(bundle);
		const kept = held === null ? [] : [checkpointOf(held)];
		return await runWithWebCrypto((crypto) => {
			const keys = key.trim() === "" ? [] : [keyOf(crypto, key)];
			const verification = verifyFiles(crypto, files, name, keys, kept);
			return {
				kind: "verified",
				verification,
				checkpoint: verification.holds ? decodeUtf8(files.get("checkpoint") ?? /* @__PURE__ */ new Uint8Array()) : ""
			};
		});
	} catch (error) {
		if (error instanceof UnreadableArchive) return unreadable(error.why);
		if (error instanceof Wrong) return unreadable(error.what);
		if (error instanceof NoSignatures) return unreadable("no-signatures");
		return unreadable(error instanceof Refusal ? "no-bundle" : "mistake");
	}
}
const unreadable = (why) => ({
	kind: "unreadable",
	why
});
var Wrong = class extends Error {
	name = "Wrong";
	what;
	constructor(what, options = {}) {
		super(what, options);
		this.what = what;
	}
};
function keyOf(crypto, text) {
	try {
		return parseVkey(crypto, text.trim());
	} catch (error) {
		if (error instanceof LedgerError) throw new Wrong("key", { cause: error });
		throw error;
	}
}
const longestCheckpoint = 65536;
function checkpointOf(bytes) {
	if (bytes.length > longestCheckpoint) throw new Wrong("held");
	try {
		return decodeUtf8(bytes);
	} catch (error) {
		throw new Wrong("held", { cause: error });
	}
}

// apps/cli/src/verify-page/german.ts
/**
* The sentences of a verification in German. The English ones are the format's own (`--json` prints them), so they are
* matched and not numbered; one that is not known here is shown as it is.
*/
const sentences = [
	[/^The log (\S+) holds (\d+) entries, and none was changed, removed or moved since its checkpoint was signed\.$/, "Das Journal $1 enthält $2 Einträge, und keiner wurde geändert, entfernt oder verschoben, seit sein Prüfpunkt unterschrieben wurde."],
	[/^The edition, recorded as leaf (\d+) at (\S+), and its (\d+) files are unchanged\.$/, "Die Fassung, aufgezeichnet als Eintrag $1 am $2, und ihre $3 Dateien sind unverändert."],
	[/^(\d+) contents are shown and are those that were recorded\.$/, "$1 Inhalte sind offengelegt und sind die, die aufgezeichnet wurden."],
	[/^The installation recorded a head of this log in its own log, by its clock at (\S+)\.$/, "Die Installation hat einen Stand dieses Journals in ihrem eigenen Journal festgehalten, nach ihrer Uhr am $1."],
	[/^Each of the (\d+) lines says no more than the records it cites: (\d+) verified, (\d+) attested, (\d+) inherited; the other lines claim no proof\.$/, "Keine der $1 Zeilen sagt mehr als die Aufzeichnungen, auf die sie sich beruft: $2 technisch nachgewiesen, $3 bestätigt, $4 vom Auftragsverarbeiter gewährleistet; die übrigen behaupten keinen Nachweis."],
	[/^Who made this: the key was taken from the bundle itself\. Compare it with one that you got another way\.$/, "Wer das gemacht hat: Der Schlüssel stammt aus dem Paket selbst. Vergleichen Sie ihn mit einem, den Sie auf anderem Weg haben."],
	[/^That what was observed is true: the publisher tests itself\.$/, "Dass das Beobachtete stimmt: Der Herausgeber prüft sich selbst."],
	[/^When things happened: the times are the publisher’s own, unless a witness or a time stamp says more\.$/, "Wann etwas geschah: Die Zeiten sind die des Herausgebers, sofern nicht ein Zeuge oder ein Zeitstempel mehr sagt."],
	[/^That anybody but the publisher has seen this log: no proof of an instance log is in the bundle\.$/, "Dass jemand außer dem Herausgeber dieses Journal gesehen hat: Das Paket enthält keinen Nachweis eines Journals der Installation."],
	[/^Who runs the log (\S+): its key was taken from the bundle\.$/, "Wer das Journal $1 führt: Sein Schlüssel stammt aus dem Paket."],
	[/^That the log was not replaced as a whole: keep this checkpoint and give it to the next verification\.$/, "Dass das Journal nicht als Ganzes ersetzt wurde: Bewahren Sie diesen Prüfpunkt auf und geben Sie ihn bei der nächsten Prüfung an."],
	[/^What (\d+) commitments stand for: they are withheld or erased\.$/, "Wofür $1 Festlegungen stehen: Sie sind zurückgehalten oder gelöscht."],
	[/^What (\d+) entries mean: a newer version wrote types that this verifier does not know\.$/, "Was $1 Einträge bedeuten: Eine neuere Version hat Arten geschrieben, die dieses Prüfprogramm nicht kennt."],
	[/^The ML-DSA-44 signature: this verifier cannot check it\.$/, "Die ML-DSA-44-Unterschrift: Dieses Prüfprogramm kann sie nicht prüfen."],
	[/^That page and PDF say the same as the edition: they were recorded with it, their wording was not compared\.$/, "Dass Seite und PDF dasselbe sagen wie die Fassung: Sie wurden mit ihr aufgezeichnet, ihr Wortlaut wurde nicht verglichen."],
	[/^That the verifier in the bundle is honest: it came with what it checks\. Compare its SHA-256 with the one that art32 published: (\w+)$/, "Dass das Prüfprogramm im Paket ehrlich ist: Es kam mit dem, was es prüft. Vergleichen Sie seine SHA-256 mit der, die art32 veröffentlicht hat: $1"],
	[/^That anybody stands behind it: it is a draft, not reviewed by a signatory\.$/, "Dass jemand dahintersteht: Es ist ein Entwurf, den kein Unterzeichner geprüft hat."]
];
/** A sentence in German; null for one that has none. */
function german(sentence) {
	const known = sentences.find(([pattern]) => pattern.test(sentence));
	return known === void 0 ? null : sentence.replace(known[0], known[1]);
}

// apps/cli/src/verify-page/words.ts
/** The words of the page around what the verification says. */
const words = {
	en: {
		checking: "Checking …",
		holds: "It holds.",
		fails: "It does not hold.",
		proven: "Proven",
		nothing: "Nothing in it is proven.",
		notProven: "Not proven",
		faults: "Where it does not hold",
		log: "Log",
		draft: "Draft edition",
		edition: (number) => `Edition ${number}`,
		keep: "Keep this checkpoint for the next time",
		unreadable: {
			"too-large": "This file is too large for a browser (at most 96 MiB, 256 MiB unpacked). Check it with art32-verify.mjs, below.",
			"too-many": "This archive holds more files than a bundle has. It is no bundle of art32.",
			twice: "This archive holds a file twice; nobody could say which one counts.",
			"no-archive": "This is no ZIP archive, or a damaged one. Choose the bundle.zip of an edition, or fetch it again.",
			"no-bundle": "This archive is no proof bundle of a format that is known here. Choose the bundle.zip of an edition.",
			key: "The key cannot be read. It looks like name+1a2b3c4d+AbC…= and is one line.",
			held: "The file that you kept is no checkpoint. It is the text that an earlier check offered to keep.",
			"no-signatures": "This browser cannot check Ed25519 signatures here: it needs a page loaded by HTTPS and a version of the last years. Check it with art32-verify.mjs, below.",
			mistake: "This page made a mistake. Check the bundle with art32-verify.mjs, below."
		}
	},
	de: {
		checking: "Wird geprüft …",
		holds: "Es hält stand.",
		fails: "Es hält nicht stand.",
		proven: "Nachgewiesen",
		nothing: "Nichts darin ist nachgewiesen.",
		notProven: "Nicht nachgewiesen",
		faults: "Wo es nicht standhält (auf Englisch, wie die Befehlszeile es sagt)",
		log: "Journal",
		draft: "Entwurf",
		edition: (number) => `Fassung ${number}`,
		keep: "Diesen Prüfpunkt bis zum nächsten Mal aufbewahren",
		unreadable: {
			"too-large": "Diese Datei ist für einen Browser zu groß (höchstens 96 MiB, entpackt 256 MiB). Prüfen Sie sie mit art32-verify.mjs, siehe unten.",
			"too-many": "Dieses Archiv enthält mehr Dateien als ein Paket. Es ist kein Nachweispaket von art32.",
			twice: "Dieses Archiv enthält eine Datei zweimal; niemand könnte sagen, welche gilt.",
			"no-archive": "Das ist kein ZIP-Archiv oder ein beschädigtes. Wählen Sie die bundle.zip einer Fassung, oder laden Sie sie neu.",
			"no-bundle": "Dieses Archiv ist kein Nachweispaket in einem Format, das hier bekannt ist. Wählen Sie die bundle.zip einer Fassung.",
			key: "Der Schlüssel kann nicht gelesen werden. Er sieht aus wie name+1a2b3c4d+AbC…= und ist eine Zeile.",
			held: "Die aufbewahrte Datei ist kein Prüfpunkt. Es ist der Text, den eine frühere Prüfung zum Aufbewahren anbot.",
			"no-signatures": "Dieser Browser kann hier keine Ed25519-Unterschriften prüfen: Er braucht eine über HTTPS geladene Seite und eine Version der letzten Jahre. Prüfen Sie das Paket mit art32-verify.mjs, siehe unten.",
			mistake: "Diese Seite hat einen Fehler gemacht. Prüfen Sie das Paket mit art32-verify.mjs, siehe unten."
		}
	}
};

// apps/cli/src/verify-page/main.ts
/**
* The script of the page `/verify`. It is the page and, loaded once more as a worker, what computes: a log of many entries
* takes seconds, during which a page must still answer. Both are loaded before a file is chosen, so the network may go.
*/
if ("document" in globalThis) openPage();
else beWorker();
function beWorker() {
	addEventListener("message", ({ data }) => {
		check(data).then((shown) => postMessage(shown));
	});
	postMessage("ready");
}
function openPage() {
	const language = document.documentElement.lang === "de" ? "de" : "en";
	const form = element("check", HTMLFormElement);
	const bundle = element("bundle", HTMLInputElement);
	const key = element("key", HTMLInputElement);
	const held = element("held", HTMLInputElement);
	const result = element("result", HTMLElement);
	const worker = new Worker(import.meta.url, { type: "module" });
	let chosen = null;
	worker.addEventListener("message", ({ data }) => {
		if (data === "ready") form.hidden = false;
		else show(result, data, language);
	});
	const start = async () => {
		if (chosen === null) return;
		result.replaceChildren(paragraph(words[language].checking));
		if (chosen.size > browserLimits.packedBytes) {
			show(result, {
				kind: "unreadable",
				why: "too-large"
			}, language);
			return;
		}
		try {
			const given = {
				name: chosen.name,
				bundle: await bytesOf(chosen),
				key: key.value,
				held: held.files?.[0] === void 0 ? null : await bytesOf(held.files[0])
			};
			worker.postMessage(given, [given.bundle.buffer]);
		} catch {
			show(result, {
				kind: "unreadable",
				why: "no-archive"
			}, language);
		}
	};
	const choose = (file) => {
		if (file !== void 0) chosen = file;
		start();
	};
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		start();
	});
	bundle.addEventListener("change", () => choose(bundle.files?.[0]));
	for (const field of [key, held]) field.addEventListener("change", () => void start());
	takeDrops(choose);
}
function takeDrops(choose) {
	addEventListener("dragover", (event) => {
		event.preventDefault();
		document.body.classList.add("dropping");
	});
	addEventListener("dragleave", () => document.body.classList.remove("dropping"));
	addEventListener("drop", (event) => {
		event.preventDefault();
		document.body.classList.remove("dropping");
		choose(event.dataTransfer?.files[0]);
	});
}
async function bytesOf(file) {
	return new Uint8Array(await file.arrayBuffer());
}
function show(result, shown, language) {
	if (shown.kind === "unreadable") result.replaceChildren(paragraph(words[language].unreadable[shown.why]));
	else result.replaceChildren(...verdict(shown.verification, language), ...offer(shown.checkpoint, language));
}
function verdict(verification, language) {
	const say = words[language];
	const { holds, edition, log, proven, notProven, faults } = verification;
	const head = textElement("h3", holds ? `✓ ${say.holds}` : `✗ ${say.fails}`);
	head.className = `verdict ${holds ? "good" : "bad"}`;
	return [
		head,
		...edition === null ? [] : [paragraph(`${clean$1(edition.tenant.name)}: ${clean$1(edition.title)}`), paragraph(`${edition.state === "draft" ? say.draft : say.edition(edition.number)}, ${clean$1(edition.date)}`)],
		paragraph(`${say.log} ${clean$1(log.origin)}`),
		...holds ? [heading(say.proven), list("✓", proven, language)] : [
			heading(say.faults),
			list("✗", faults.map(({ place, say: why }) => `${place}: ${why}`), "en"),
			paragraph(say.nothing)
		],
		heading(say.notProven),
		list("–", notProven, language)
	];
}
/** The checkpoint to keep, as a file that the page itself makes. */
function offer(checkpoint, language) {
	if (checkpoint === "") return [];
	const link = document.createElement("a");
	link.href = `data:text/plain;charset=utf-8,${encodeURIComponent(checkpoint)}`;
	link.download = "checkpoint.txt";
	link.textContent = words[language].keep;
	const place = document.createElement("p");
	place.append(link);
	return [place];
}
function paragraph(text) {
	return textElement("p", text);
}
function heading(text) {
	return textElement("h4", text);
}
function list(glyph, sentences, language) {
	const items = document.createElement("ul");
	for (const sentence of sentences) {
		const translated = language === "de" ? german(sentence) : sentence;
		const item = textElement("li", clean$1(translated ?? sentence));
		if (translated === null || language !== document.documentElement.lang) item.lang = "en";
		item.prepend(textElement("span", glyph));
		items.append(item);
	}
	return items;
}
/** Text of others only ever becomes text. */
function textElement(name, text) {
	const made = document.createElement(name);
	made.textContent = text;
	return made;
}
function element(id, kind) {
	const found = document.getElementById(id);
	if (!(found instanceof kind)) throw new TypeError(`The page has no ${id}.`);
	return found;
}
