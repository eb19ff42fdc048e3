import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** The directory that brings and removes people: its address and its tokens. */
export function Directory({ settings: { scimUrl, tokens } }: { settings: Output<'provider.show'> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [days, setDays] = useState(365)
  const issuing = useChange('directory.issue_token', { stale: ['provider.show'], quiet: true })
  const revoking = useChange('directory.revoke_token', { stale: ['provider.show'] })
  return (
    <section className="section setting" aria-labelledby="directory">
      <h2 id="directory">{t('directory.title')}</h2>
      <p>{t('directory.lead')}</p>
      <pre>{scimUrl}</pre>
      {tokens.length === 0 ? null : (
        <ul className="rows">
          {tokens.map(({ tokenId, since, expiresAt, lastUse }) => (
            <li key={tokenId} className="row">
              <div className="row-main">
                <h3 className="row-title">{t('directory.tokenOf', { day: day(since, language) })}</h3>
                <p className="note quiet">
                  {t('directory.until', { day: day(expiresAt, language) })} ·{' '}
                  {lastUse === null ? t('directory.unused') : t('directory.lastUse', { day: day(lastUse, language) })}
                </p>
              </div>
              <Button
                variant="default"
                onClick={() => revoking.mutate({ tokenId })}
                aria-label={t('directory.revokeOf', { day: day(since, language) })}
              >
                {t('directory.revoke')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          issuing.mutate({ days })
        }}
      >
        <NumberInput
          label={t('directory.days')}
          value={days}
          onChange={(value) => setDays(Number(value))}
          min={1}
          max={730}
          allowDecimal={false}
          hideControls
          error={issuing.error ? sentenceOf(issuing.error, t) : undefined}
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={issuing.isPending}>
          {t('directory.issue')}
        </Button>
      </form>
      <div role="status">
        {issuing.data ? (
          <>
            <p>{t('directory.once')}</p>
            <pre>{issuing.data.token}</pre>
          </>
        ) : null}
      </div>
    </section>
  )
}
