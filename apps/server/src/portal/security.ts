import type { TenantContext } from '../evidence/index.ts'
import { findProfile, securityTxt } from '../profile/index.ts'
import { isShownOpen, listAdvisories, metadataFile } from '../report/index.ts'

/**
 * A tenant's `security.txt`: its form first, then whatever else it named. The same file lies below the public page and in
 * `/.well-known/` of the tenant's own domain, of the installation for its own tenant.
 *
 * @param home where the public page really lives
 * @param canonical where this file was asked for
 * @source RFC 9116; OASIS CSAF 2.0, section 7.1.8
 */
export async function securityFile(tx: TenantContext, home: string, canonical: string): Promise<string | null> {
  const { contact } = await findProfile(tx)
  return securityTxt(contact, {
    formUrl: (await isShownOpen(tx)) ? `${home}/report` : null,
    csafUrl: (await listAdvisories(tx)).length > 0 ? `${home}/${metadataFile}` : null,
    canonical,
    today: tx.now.toISOString().slice(0, 10),
  })
}
