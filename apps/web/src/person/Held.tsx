import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { stale, todayHere } from './record.ts'
import type { RecordShown } from './record.ts'

/** What somebody was handed, and what came back. */
export function Held({ items, mayWrite }: { items: RecordShown['items']; mayWrite: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [returning, setReturning] = useState<string | null>(null)
  return (
    <section className="record-part" aria-labelledby="held">
      <h2 id="held">{t('record.items')}</h2>
      {items.length === 0 ? <p className="quiet">{t('record.nothingHeld')}</p> : null}
      <ul className="rows">
        {items.map((item) => (
          <li key={`${item.itemId} ${item.issuedOn} ${item.returnedOn ?? ''}`} className="row">
            <div className="row-main">
              <h3 className="row-title">
                {[t(`item.kind.${item.kind}`), item.label, item.number].filter((one) => one !== '').join(' · ')}
              </h3>
              <p className="note quiet">
                {[
                  t('item.since', { on: day(item.issuedOn, language) }),
                  item.returnedOn === null ? null : t('item.returned', { on: day(item.returnedOn, language) }),
                  item.note === '' ? null : item.note,
                ]
                  .filter((one) => one !== null)
                  .join(' · ')}
              </p>
            </div>
            {mayWrite && item.returnedOn === null ? (
              <div className="row-actions">
                <button
                  type="button"
                  className="text-button"
                  aria-label={t('item.returnOf', { name: item.label })}
                  onClick={() => setReturning(item.itemId)}
                >
                  {t('item.return')}
                </button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      <Dialog title={t('item.return')} opened={returning !== null} onClose={() => setReturning(null)}>
        {returning === null ? null : <ReturnForm itemId={returning} onDone={() => setReturning(null)} />}
      </Dialog>
    </section>
  )
}

/** Something came back. */
export function ReturnForm({ itemId, onDone }: { itemId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [returnedOn, setReturnedOn] = useState(todayHere())
  const [note, setNote] = useState('')
  const returning = useChange('item.return', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        returning.mutate({ itemId, returnedOn, note: note.trim() })
      }}
    >
      <TextInput
        type="date"
        required
        label={t('item.returnedOn')}
        max={todayHere()}
        value={returnedOn}
        onChange={(event) => setReturnedOn(event.currentTarget.value)}
      />
      <TextInput
        label={t('item.condition')}
        value={note}
        maxLength={1_000}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {returning.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(returning.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={returning.isPending}>
          {t('item.return')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}
