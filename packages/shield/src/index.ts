/**
 * Removes personal data from files and streams of any size before anything else reads them: profile → plan → run → report.
 *
 * A plan says for each column what is in it and what is done with it; `profile` writes one, people change it, `run` obeys it. What comes out depends on
 * nothing but the input, the plan and the key, so any number of machines can share the work. A column that no plan names
 * is not let through. What is replaced by pseudonyms is still personal data for whoever has the key (Art. 4(5), recital 26
 * GDPR; EDPB guidelines 01/2025).
 *
 * @module
 */
export type { Detector, IdentifierDetector, StructureDetector } from './detect/detector.ts'
export { makeDetectors } from './detect/registry.ts'
export { makeTyper } from './detect/type-of.ts'
export type { ColumnCount, Counts } from './engine/count.ts'
export type { KeyMaterial } from './engine/job.ts'
export { type Outcome, run, type RunOptions, type Sink } from './engine/run.ts'
export { isRowKind } from './format/rows.ts'
export { ShieldError } from './error.ts'
export { sealedUses } from './engine/sealed-use.ts'
export { type Input, openInput } from './file/input.ts'
export { fileOutput, type Output, streamOutput } from './file/output.ts'
export { profile } from './file/profile.ts'
export { firstRowsApart, profileApart, runApart } from './file/apart.ts'
export { KeyError } from './key/error.ts'
export { createKeyFile, readKeyFile, readSecretLine, writeSecretLine } from './key/key-file.ts'
export { type RootKey, rootKey } from './key/root-key.ts'
export { rowsOf } from './input/sniff.ts'
export { readSealedKey, writeSealedKey } from './key/sealed-key.ts'
export { createSealingKey, type SealedKey } from './key/sealing-key.ts'
export { createVault, openVault, readVault, type Vault } from './key/vault.ts'
export { createNonce } from './operation/policy.ts'
export { pseudonymCode } from './operation/pseudonym.ts'
export { type Holder, reveal, type Revealer, type RevealRecord } from './operation/reveal.ts'
export { type ColumnPlan, type Plan, planSchema, readPlan, writePlan } from './plan/plan.ts'
export { type Inspection, makeInspector } from './profile/inspect.ts'
export { type Guard, makeGuard } from './text/guard.ts'
export { report, type ShieldReport } from './report/report.ts'
