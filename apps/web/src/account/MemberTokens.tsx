import { useTranslation } from 'react-i18next'
import { useChange, useRead } from '../api/use-api.ts'
import { TokenRow } from './TokenRow.tsx'

/** All API tokens of the tenant, for owners. */
export function MemberTokens() {
  const { t } = useTranslation()
  const read = useRead('access.tokens', {})
  const revoking = useChange('access.revoke_token', { stale: ['access.tokens'] })
  const tokens = read.data?.tokens ?? []
  if (tokens.length === 0) return null
  return (
    <section className="section" aria-labelledby="member-tokens">
      <h2 id="member-tokens">{t('token.title')}</h2>
      <p>{t('token.memberLead')}</p>
      <ul className="rows">
        {tokens.map((token) => (
          <TokenRow
            key={token.tokenId}
            token={token}
            place={token.member}
            onRevoke={() => revoking.mutate({ tokenId: token.tokenId })}
          />
        ))}
      </ul>
    </section>
  )
}
