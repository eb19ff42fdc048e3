import type { Permission } from '../kernel/index.ts'

/** An API token: one tenant, and of the person's rights there only some. */
export interface TokenMeans {
  readonly kind: 'token'
  readonly tokenId: string
  readonly tenantId: string
  readonly permissions: readonly Permission[]
}

/** A TLS client certificate whose key was shown to be there by the handshake. */
export interface CertificateMeans {
  readonly kind: 'certificate'
  readonly certificateId: string
}
