import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiscoveredView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import './changes.css'

const stale = ['scope.list', 'finding.list', 'system.list', 'outcome.list', 'register.show'] as const

/** What connectors discovered, against what is declared. Nothing where nothing was discovered. */
export function Discovered() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { data } = useRead('scope.list', {})
  if (!data || data.discovered.length === 0) return null
  const open = data.discovered.filter(({ state }) => state === 'open')
  const settled = data.discovered.filter(({ state }) => state !== 'open')
  return (
    <section className="section" aria-labelledby="discovered">
      <h2 id="discovered">{t('scope.title')}</h2>
      <p>{data.say[language]}</p>
      <p className="note quiet">{t(open.length === 0 ? 'scope.allSettled' : 'scope.lead')}</p>
      <ul className="rows">
        {open.map((one) => (
          <Row key={one.id} one={one} />
        ))}
      </ul>
      {settled.length === 0 ? null : (
        <details className="fold">
          <summary>{t('scope.settled', { count: settled.length })}</summary>
          <ul className="rows">
            {settled.map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function Row({ one }: { one: DiscoveredView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayChange = useMay('connection:write')
  const reopening = useChange('scope.reopen', { stale: [...stale] })
  const settled =
    one.state === 'declared'
      ? one.by === null
        ? t('scope.declaredByName', { name: one.systemName ?? '' })
        : t('scope.declaredBy', { name: one.systemName ?? '', who: one.by, day: day(one.settledAt ?? '', language) })
      : t('scope.excludedBy', { who: one.by ?? t('changes.somebody'), day: day(one.settledAt ?? '', language) })
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">
          {one.name} <span className="quiet">{t(`scope.kind.${one.kind}`)}</span>
        </h3>
        <p className="note quiet">{t('scope.toldBy', { name: one.toldByName, day: day(one.foundAt, language) })}</p>
        {one.state === 'open' ? null : (
          <p className="note">
            {settled}
            {one.reason === null ? null : (
              <>
                : <q>{one.reason}</q>
              </>
            )}
          </p>
        )}
      </div>
      {mayChange ? (
        <div className="row-actions">
          {one.state === 'open' ? (
            <>
              <Declare one={one} />
              <Exclude one={one} />
            </>
          ) : (
            <button
              type="button"
              className="text-button"
              aria-label={t('scope.reopenOf', { name: one.name })}
              disabled={reopening.isPending}
              onClick={() => reopening.mutate({ discoveredId: one.id })}
            >
              {t('scope.reopen')}
            </button>
          )}
        </div>
      ) : null}
    </li>
  )
}

function Declare({ one }: { one: DiscoveredView }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [systemId, setSystemId] = useState('')
  const systems = useRead('system.list', {}, { enabled: asking })
  const declaring = useChange('scope.declare', { stale: [...stale], quiet: true, onDone: () => setAsking(false) })
  const title = t('scope.declareOf', { name: one.name })
  return (
    <>
      <Button size="compact-xs" aria-label={title} onClick={() => setAsking(true)}>
        {t('scope.declare')}
      </Button>
      <Dialog title={title} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('scope.declareText')}</p>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            declaring.mutate({ discoveredId: one.id, ...(systemId === '' ? {} : { systemId }) })
          }}
        >
          <NativeSelect
            label={t('scope.as')}
            value={systemId}
            onChange={(event) => setSystemId(event.currentTarget.value)}
            data={[
              { value: '', label: t('scope.asNew', { name: one.name }) },
              ...(systems.data?.systems ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            error={declaring.error ? sentenceOf(declaring.error, t) : undefined}
          />
          <div className="actions">
            <Button type="submit" variant="filled" loading={declaring.isPending}>
              {t('scope.declare')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}

function Exclude({ one }: { one: DiscoveredView }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const excluding = useChange('scope.exclude', { stale: [...stale], quiet: true, onDone: () => setAsking(false) })
  const title = t('scope.excludeOf', { name: one.name })
  return (
    <>
      <button type="button" className="text-button" aria-label={title} onClick={() => setAsking(true)}>
        {t('scope.exclude')}
      </button>
      <Dialog title={title} opened={asking} onClose={() => setAsking(false)}>
        <p>{t('scope.excludeText')}</p>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            excluding.mutate({ discoveredId: one.id, reason: reason.trim() })
          }}
        >
          <Textarea
            label={t('scope.reason')}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={excluding.error ? sentenceOf(excluding.error, t) : undefined}
            required
            withAsterisk={false}
          />
          <div className="actions">
            <Button type="submit" variant="filled" loading={excluding.isPending} disabled={reason.trim().length < 3}>
              {t('scope.exclude')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
