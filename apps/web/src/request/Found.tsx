import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange } from '../api/use-api.ts'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Failure } from './Letter.tsx'
import { closedStates, stale } from './request-view.ts'
import type { Shown } from './request-view.ts'

/** Where the tenant's own stores were looked through: what was found, and where nobody could look. */
export function Places({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { places, request } = shown
  if (request.lookedAt === null) return <p>{t('request.notLooked')}</p>
  const hits = places.filter(({ own, named }) => own === null || own + (named ?? 0) > 0)
  const blind = places.filter(({ notLooked }) => notLooked.length > 0)
  return (
    <>
      <p>
        {t('request.lookedAt', { at: moment(request.lookedAt, language), count: places.length })}{' '}
        {hits.length === 0 ? t('request.foundNowhere') : t('request.foundIn', { count: hits.length })}
      </p>
      <ul className="rows">
        {hits.map(({ place, name, what, until, own, named }) => (
          <li key={place} className="row">
            <div className="row-main">
              <h3 className="row-title">{name[language]}</h3>
              <p>
                {own === null
                  ? t('request.placeFailed')
                  : [
                      ...(own > 0 ? [t('request.ownRows', { count: own })] : []),
                      ...((named ?? 0) > 0 ? [t('request.namedRows', { count: named ?? 0 })] : []),
                    ].join(' · ')}
              </p>
              <p className="note quiet">
                {what[language]}; {until[language]}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {blind.length === 0 ? null : (
        <details>
          <summary>{t('request.blind', { count: blind.length })}</summary>
          <ul>
            {blind.map(({ place, name, notLooked }) => (
              <li key={place}>
                {name[language]}:{' '}
                {[...new Set(notLooked.map(({ reason }) => t(`request.blindReason.${known(reason)}`)))].join(', ')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

const reasons = ['sealed', 'secret', 'failed'] as const

/** A later server may write more reasons. */
function known(reason: string): (typeof reasons)[number] {
  return reasons.find((one) => one === reason) ?? 'failed'
}

/** Systems elsewhere, each with what came of looking there. */
export function Items({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const mayWrite = useMay('request:write') && !closedStates.includes(shown.request.state)
  const { items } = shown
  const open = items.filter(({ state }) => state === 'open' || state === 'asked').length
  return (
    <>
      <p className="quiet">{t('request.itemsLead')}</p>
      {items.length === 0 ? <p>{t('request.noItems')}</p> : <p>{t('request.itemsOpen', { count: open })}</p>}
      <ul className="rows">
        {items.map((item) => (
          <li key={item.itemId} className="row">
            <Item item={item} mayWrite={mayWrite} />
          </li>
        ))}
      </ul>
      {mayWrite ? <AddItem requestId={shown.request.requestId} /> : null}
    </>
  )
}

const states = ['open', 'asked', 'found', 'nothing', 'not-reached'] as const

function Item({ item, mayWrite }: { item: Shown['items'][number]; mayWrite: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [state, setState] = useState(item.state)
  const [note, setNote] = useState(item.note)
  const saving = useChange('request.settle_item', { stale })
  const said = [
    t(`request.itemKind.${item.kind}`),
    t(`request.itemState.${item.state}`),
    ...(item.settledAt === null ? [] : [moment(item.settledAt, language)]),
    ...(item.by === null ? [] : [item.by]),
  ]
  return (
    <div className="row-main">
      <h3 className="row-title">{item.name}</h3>
      <p className="note quiet">{said.join(' · ')}</p>
      {item.note === '' ? null : <p className="case-text">{item.note}</p>}
      {mayWrite ? (
        <details>
          <summary>
            {t('request.settle')} <span className="hidden">{item.name}</span>
          </summary>
          <form
            className="form"
            onSubmit={(event) => {
              event.preventDefault()
              saving.mutate({ itemId: item.itemId, state, note })
            }}
          >
            <NativeSelect
              label={t('request.result')}
              value={state}
              onChange={(event) => setState(states.find((one) => one === event.currentTarget.value) ?? 'open')}
              data={states.map((value) => ({ value, label: t(`request.itemState.${value}`) }))}
            />
            <TextInput
              required={state === 'not-reached'}
              maxLength={2_000}
              label={t('request.itemNote')}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <div className="actions">
              <Button type="submit" loading={saving.isPending}>
                {t('request.save')}
              </Button>
            </div>
          </form>
        </details>
      ) : null}
    </div>
  )
}

function AddItem({ requestId }: { requestId: string }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const adding = useChange('request.add_item', { stale, quiet: true, onDone: () => setName('') })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate({ requestId, name })
      }}
    >
      <TextInput
        required
        minLength={2}
        maxLength={200}
        label={t('request.addItemLabel')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Failure error={adding.error} />
      <div className="actions">
        <Button type="submit" loading={adding.isPending}>
          {t('request.addItem')}
        </Button>
      </div>
    </form>
  )
}
