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
export type { Checkpoint } from './checkpoint.ts'
export { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
export type { AcceptedCheckpoint, OpenedCheckpoint, Policy } from './policy.ts'
export { acceptCheckpoint, formatPolicy, openCheckpoint, parsePolicy, policyOfKeys } from './policy.ts'
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
export type { Bundle, BundleInput, BundleReport, BundleStep, BundleStepId, Opening, Slot } from './bundle.ts'
export { buildBundle, bundleFormat, slotName, verifyBundle } from './bundle.ts'
export { verifyText } from './verify-text.ts'
