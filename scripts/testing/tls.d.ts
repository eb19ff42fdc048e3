/** Certificates of a real authority, made in the test: no program on the machine has to help. */
export { issue } from '../../packages/probes/src/testing/certificates.ts'
export type { Issued } from '../../packages/probes/src/testing/certificates.ts'
