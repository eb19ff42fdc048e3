import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Reason } from '../duty/Reason.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { HistoryButton } from '../history/History.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { ReturnForm } from './Held.tsx'
import { stale } from './record.ts'
import type { Thing } from './record.ts'

const kinds = ['device', 'key', 'card', 'token', 'other'] as const

/** The register of devices, keys and cards, and who has each. */
export function Items() {
  const { t } = useTranslation()
  const mayWrite = useMay('person:write')
  const read = useRead('item.list', {})
  const [typed, setTyped] = useState('')
  const [asking, setAsking] = useState(false)
  const wanted = typed.trim().toLowerCase()
  return (
    <>
      {mayWrite ? (
        <div className="actions">
          <Button onClick={() => setAsking(true)}>{t('item.add')}</Button>
        </div>
      ) : null}
      <Loaded read={read}>
        {({ items }) => {
          const found = items.filter(({ label, number, holder }) =>
            [label, number, holder?.name ?? ''].some((text) => text.toLowerCase().includes(wanted)),
          )
          return items.length === 0 ? (
            <p>{t('item.none')}</p>
          ) : (
            <>
              <TextInput
                type="search"
                label={t('item.find')}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
              {found.length === 0 ? <p>{t('item.notFound')}</p> : null}
              <ul className="rows">
                {found.slice(0, 300).map((thing) => (
                  <ThingLine key={thing.itemId} thing={thing} mayWrite={mayWrite} />
                ))}
              </ul>
              {found.length > 300 ? (
                <p className="note quiet">{t('item.more', { count: found.length - 300 })}</p>
              ) : null}
              <Downloads
                operation="item.export"
                input={{ names: 'yes' }}
                formats={['pdf', 'docx', 'csv']}
                label={t('item.exportNames')}
              />
              <Downloads
                operation="item.export"
                input={{}}
                formats={['pdf', 'docx', 'csv']}
                label={t('item.exportCounts')}
              />
            </>
          )
        }}
      </Loaded>
      <Dialog title={t('item.add')} opened={asking} onClose={() => setAsking(false)}>
        <ItemForm onDone={() => setAsking(false)} />
      </Dialog>
    </>
  )
}

function ThingLine({ thing, mayWrite }: { thing: Thing; mayWrite: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const mayLedger = useMay('ledger:read')
  const [asking, setAsking] = useState<'change' | 'return' | 'retire' | null>(null)
  const retiring = useChange('item.retire', { stale, onDone: () => setAsking(null) })
  const { itemId, kind, label, number, holder, isRetired, retiredReason, handovers } = thing
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">{[label, number].filter((one) => one !== '').join(' · ')}</h2>
        <p className="note quiet">
          {t(`item.kind.${kind}`)} · {t('item.handovers', { count: handovers })}
          {isRetired ? ` · ${t('item.retired', { reason: retiredReason ?? '' })}` : ''}
        </p>
        {holder === null ? (
          isRetired ? null : (
            <p className="note">{t('item.inStock')}</p>
          )
        ) : (
          <p className={holder.hasLeft ? 'bad note' : 'note'}>
            {holder.hasLeft ? <span aria-hidden>▲ </span> : null}
            <Link to="/t/$slug/people/$personId" params={{ slug, personId: holder.personId }}>
              {holder.name}
            </Link>{' '}
            · {t('item.since', { on: day(holder.since, language) })}
            {holder.hasLeft ? ` · ${t('item.hasLeft')}` : ''}
            {holder.note === '' ? '' : ` · ${holder.note}`}
          </p>
        )}
      </div>
      <div className="row-actions">
        {mayLedger ? <HistoryButton id={itemId} name={label} /> : null}
        {mayWrite && !isRetired ? (
          <>
            {holder === null ? null : (
              <button
                type="button"
                className="text-button"
                aria-label={t('item.returnOf', { name: label })}
                onClick={() => setAsking('return')}
              >
                {t('item.return')}
              </button>
            )}
            <button
              type="button"
              className="text-button"
              aria-label={t('item.changeOf', { name: label })}
              onClick={() => setAsking('change')}
            >
              {t('record.change')}
            </button>
            <button
              type="button"
              className="text-button"
              aria-label={t('item.retireOf', { name: label })}
              onClick={() => setAsking('retire')}
            >
              {t('item.retire')}
            </button>
          </>
        ) : null}
      </div>
      <Dialog title={t('item.return')} opened={asking === 'return'} onClose={() => setAsking(null)}>
        <ReturnForm itemId={itemId} onDone={() => setAsking(null)} />
      </Dialog>
      <Dialog title={t('item.changeOf', { name: label })} opened={asking === 'change'} onClose={() => setAsking(null)}>
        <ItemForm thing={thing} onDone={() => setAsking(null)} />
      </Dialog>
      <Dialog title={t('item.retireOf', { name: label })} opened={asking === 'retire'} onClose={() => setAsking(null)}>
        <Reason
          lead={t('item.retireText')}
          action={t('item.retire')}
          sending={retiring}
          onReason={(reason) => retiring.mutate({ itemId, reason })}
        />
      </Dialog>
    </li>
  )
}

function ItemForm({ thing, onDone }: { thing?: Thing; onDone: () => void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<string>(thing?.kind ?? 'device')
  const [label, setLabel] = useState(thing?.label ?? '')
  const [number, setNumber] = useState(thing?.number ?? '')
  const adding = useChange('item.add', { stale, quiet: true, onDone })
  const changing = useChange('item.change', { stale, quiet: true, onDone })
  const error = adding.error ?? changing.error
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const given = {
          kind: kinds.find((one) => one === kind) ?? 'other',
          label: label.trim(),
          number: number.trim(),
        }
        if (thing) changing.mutate({ itemId: thing.itemId, ...given })
        else adding.mutate(given)
      }}
    >
      <NativeSelect
        label={t('item.kindLabel')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
        data={kinds.map((one) => ({ value: one, label: t(`item.kind.${one}`) }))}
      />
      <TextInput
        label={t('item.label')}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={200}
      />
      <TextInput
        label={t('item.number')}
        description={t('item.numberHint')}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
        maxLength={100}
      />
      {error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={adding.isPending || changing.isPending}>
          {t('person.submit')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}
