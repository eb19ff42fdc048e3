/**
 * The ledger: an append-only, signed log of everything that happened, and the proofs that a stranger can check offline.
 *
 * Pure: no I/O, no clock, no randomness, no dependency; hash, signatures and verification are injected. It writes and reads
 * C2SP formats only (signed-note, tlog-checkpoint, tlog-tiles, tlog-proof, tlog-policy, tlog-witness) over RFC 6962 trees, and RFC 8785
 * JSON in the leaves; of what others send to be recorded it verifies DSSE envelopes; docs/reference/ledger-format.md specifies leaf and bundle for strangers. Invariants: a log only grows,
 * never signs a checkpoint that contradicts an earlier one, and holds no free text and no identifier of a person.
 * Foreign bytes end as a value or a LedgerError; LedgerBug means that this package, or a store, broke its own rules.
 *
 * Worked example, executed by example.test.ts: the first leaf of a log, whose hash is the root of a tree of one,
 *
 *     {"actor":{"c":"7hEDYA4UVnG7f9JGeRVvUnbvVMIvZhXEZ+shFpX2nxY=","k":"system"},"at":"2026-11-22T00:39:59.123Z","links":[],"log":"art32.example/t/9f3k2m5p7q8r1s4t","obj":[{"c":"SiN8UWjHeyqt3g9jkEo1ayZhHJN3PJu7nPJlVV6klSs=","n":33,"role":"content"}],"seq":0,"subj":{"id":"5f1c9a7e2b3d4f60","t":"measure"},"type":"measure.created","v":1}
 *
 * and the checkpoint over it, signed with the private key of 32 bytes 0x01:
 *
 *     art32.example/t/9f3k2m5p7q8r1s4t
 *     1
 *     MvN26ZgQx6A6ov4YuS9k7c+xSFB3CBvsLYjwxwHzv0w=
 *
 *     — art32.example/t/9f3k2m5p7q8r1s4t 2uN5IpCm16KYBUPA2RwJ/HsP/xaE8PyL9YQ4DS6jnG1ZL4EkhyXouEQORtvVfHRl3p6tp9XfecWFnuUd0EXG8P+8wA8=
 *
 * @module
 */

export type { LedgerErrorCode } from './errors.ts'
export { LedgerBug, LedgerError } from './errors.ts'
export type { Hash, Hasher, KeyType, LedgerCrypto, Signer } from './crypto.ts'
export { decodeBase64, decodeUtf8, encodeBase64, encodeHex, encodeUtf8 } from './bytes.ts'
export type { Json } from './canonical.ts'
export { canonicalize, parseCanonical, parseJson } from './canonical.ts'
export { commit, isOpenedBy, saltSize } from './commitment.ts'
export type { Frontier, HashReader, NodeId, NodeListener, ProofPlan } from './tree.ts'
export {
  appendLeaves,
  combineProof,
  decodeFrontier,
  emptyFrontier,
  encodeFrontier,
  frontierRoot,
  leafHash,
  nodeHash,
  planConsistency,
  planInclusion,
  proveConsistency,
  proveInclusion,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './tree.ts'
export type { TileGrowth, TileId } from './tiles.ts'
export {
  decodeEntries,
  encodeEntries,
  growTile,
  newTiles,
  parseTilePath,
  splitHashes,
  tilePath,
  tileReader,
  tilesForNodes,
  tilesOf,
  tileWidth,
} from './tiles.ts'
export type { NoteSignature, OpenedNote, ParsedNote, VerifiedSignature, VerifierKey } from './note.ts'
export { addSignatures, formatVkey, keyId, openNote, parseNote, parseVkey, signNote, verifierKey } from './note.ts'
export type { Envelope } from './dsse.ts'
export {
  formatPrivateKey,
  isKeyOf,
  isPrivateKeyText,
  isWeakKey,
  nameOfKey,
  parsePrivateKey,
  payloadOf,
  preAuthentication,
  signEnvelope,
  verifyEnvelope,
} from './dsse.ts'
export type { Checkpoint } from './checkpoint.ts'
export { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
export type { AcceptedCheckpoint, OpenedCheckpoint, Policy } from './policy.ts'
export {
  acceptCheckpoint,
  allWitnesses,
  formatPolicy,
  openCheckpoint,
  parsePolicy,
  policyOfKeys,
  policyOfWitnesses,
} from './policy.ts'
export type { InclusionProof } from './proof.ts'
export { formatProof, openProof, parseProof } from './proof.ts'
export type {
  ActorKind,
  Leaf,
  LeafEvent,
  LeafHead,
  LeafLink,
  LeafObject,
  LeafType,
  LinkRelation,
  ReadLeaf,
} from './leaf.ts'
export {
  actorKinds,
  encodeLeaf,
  isKnownType,
  isOrigin,
  isSubjectId,
  leafHead,
  leafTypes,
  linkRelations,
  maxLeafSize,
  parseLeaf,
} from './leaf.ts'
export type { Batch, LogState } from './batch.ts'
export { sequence, sequenceEntries } from './batch.ts'
export type {
  AnchorProof,
  Bundle,
  BundleInput,
  BundleReport,
  BundleStep,
  BundleStepId,
  BundleTrust,
  Opening,
  Slot,
} from './bundle.ts'
export { buildBundle, bundleFormat, slotName, verifyBundle } from './bundle.ts'
export type { ClaimReport } from './claim-check.ts'
export { isProofText, stampInClaim, verifyClaim } from './claim-check.ts'
export type { ClaimWish } from './claim.ts'
export { claimFormat, claimOf } from './claim.ts'
export type { Rotation } from './rotation.ts'
export { endsLog, keyChangeCodes, keyMember, logKeyCode, namedNext } from './rotation.ts'
export type { EarlierPart, LaterPart } from './succession.ts'
export { verifyText } from './verify-text.ts'
export type { StampVerdict, VouchedTime, WitnessedPart } from './vouching.ts'
export type { AddCheckpoint, Submission, WitnessAnswer, WitnessedHead } from './witness.ts'
export {
  addCosignatures,
  answerSubmission,
  formatAddCheckpoint,
  formatCosignatures,
  parseAddCheckpoint,
  readSubmission,
} from './witness.ts'
