import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

type Shown = NonNullable<Output<'site.show'>['site']>

const stale = { stale: ['site.show'] } as const

/** The public page at a domain of the tenant's own. */
export function Site({ site }: { site: Shown | null }) {
  const { t } = useTranslation()
  const may = useMay('access:write')
  return (
    <section className="section">
      <h2>{t('site.title')}</h2>
      {site === null ? <p>{t(may ? 'site.none' : 'site.noneNotYours')}</p> : <State site={site} may={may} />}
      {may && site === null ? <Claim /> : null}
    </section>
  )
}

function Claim() {
  const { t } = useTranslation()
  const [domain, setDomain] = useState('')
  const claiming = useChange('site.claim', { ...stale, quiet: true })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        claiming.mutate({ domain })
      }}
    >
      <TextInput
        label={t('site.domain')}
        description={t('site.domainHint')}
        placeholder="trust.example.com"
        value={domain}
        onChange={(event) => setDomain(event.currentTarget.value)}
        error={claiming.error ? sentenceOf(claiming.error, t) : null}
        required
        maxLength={253}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit" loading={claiming.isPending}>
        {t('site.claim')}
      </Button>
    </form>
  )
}

function State({ site, may }: { site: Shown; may: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { domain, name, state, record, provenAt, lookedAt, problem } = site
  const proving = useChange('site.prove', stale)
  return (
    <div className="public-part">
      <p className="public-domain">
        <strong>{name}</strong>
        {name === domain ? null : <span className="quiet"> ({domain})</span>}
      </p>
      <p role="status" className={state === 'lost' ? 'bad' : undefined}>
        {t(`site.state.${state}`)}
        {state === 'proven' && provenAt !== null ? ` ${t('site.seen', { moment: moment(provenAt, language) })}` : null}
      </p>
      {problem === null || lookedAt === null ? null : (
        <p className="note">
          {t(`site.problem.${problem}`)} {t('site.looked', { moment: moment(lookedAt, language) })}
        </p>
      )}
      {state === 'proven' ? null : (
        <ol className="site-steps">
          <li>
            {t('site.stepRecord')}
            <dl className="site-record">
              <dt>{t('site.recordName')}</dt>
              <dd>
                <code>{record.name}</code>
              </dd>
              <dt>{t('site.recordType')}</dt>
              <dd>
                <code>TXT</code>
              </dd>
              <dt>{t('site.recordValue')}</dt>
              <dd>
                <code>{record.value}</code>
              </dd>
            </dl>
          </li>
          <li>{t('site.stepProxy')}</li>
          <li>{t('site.stepProve')}</li>
        </ol>
      )}
      {may ? (
        <p className="actions">
          <Button
            variant={state === 'proven' ? 'default' : 'filled'}
            loading={proving.isPending}
            onClick={() => proving.mutate({})}
          >
            {t('site.prove')}
          </Button>
          <Release name={name} />
        </p>
      ) : null}
      <p className="note quiet">{t('site.daily')}</p>
    </div>
  )
}

function Release({ name }: { name: string }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const releasing = useChange('site.release', { ...stale, onDone: () => setAsking(false) })
  const title = t('site.releaseOf', { name })
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('site.release')}</Button>
      <Dialog title={title} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('site.releaseText')}</p>
        <p className="actions">
          <Button variant="filled" loading={releasing.isPending} onClick={() => releasing.mutate({})}>
            {t('site.release')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
        </p>
      </Dialog>
    </>
  )
}
