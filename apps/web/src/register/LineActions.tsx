import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeasureView, StatementView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { useFocus } from '../account/use-focus.ts'
import { Dialog } from '../frame/Dialog.tsx'
import type { Places } from './places.ts'
import { useWeigh } from './use-weigh.ts'
import { Weighed } from './Weighed.tsx'

const stale = ['register.show', 'edition.compare'] as const

/** Moves a line, adds another one below it, takes it out. */
export function LineActions({
  statement,
  measure,
  places,
  onAdded,
  onRemoved,
}: {
  statement: StatementView
  measure: MeasureView
  places: Places
  onAdded: (id: string) => void
  onRemoved: () => void
}) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'add' | 'remove' | null>(null)
  const moving = useChange('measure.move', { stale: [...stale] })
  const move = (behind: string | null) => {
    if (behind !== null && !moving.isPending)
      moving.mutate({ measureId: measure.id, revision: measure.revision, behind })
  }
  return (
    <>
      <div className="line-actions">
        <Button size="compact-sm" onClick={() => setAsking('add')}>
          {t('line.add')}
        </Button>
        <Button size="compact-sm" disabled={places.above === null} onClick={() => move(places.above)}>
          {t('line.up')}
        </Button>
        <Button size="compact-sm" disabled={places.below === null} onClick={() => move(places.below)}>
          {t('line.down')}
        </Button>
        <Button size="compact-sm" onClick={() => setAsking('remove')}>
          {t('line.remove')}
        </Button>
        {places.chapters.length < 2 ? null : (
          <NativeSelect
            size="xs"
            aria-label={t('line.chapter')}
            value=""
            disabled={moving.isPending}
            onChange={(event) => move(event.currentTarget.value || null)}
            data={[
              { value: '', label: t('line.chapter') },
              ...places.chapters.map(({ id, title }) => ({ value: id, label: title })),
            ]}
          />
        )}
      </div>
      <Dialog title={t('line.add')} opened={asking === 'add'} onClose={() => setAsking(null)}>
        <AddLine
          behind={statement.id}
          onAdded={(id) => {
            setAsking(null)
            onAdded(id)
          }}
          onCancel={() => setAsking(null)}
        />
      </Dialog>
      <Dialog title={t('line.removeTitle')} opened={asking === 'remove'} onClose={() => setAsking(null)}>
        <RemoveLine
          statement={statement}
          measure={measure}
          onRemoved={() => {
            setAsking(null)
            onRemoved()
          }}
          onCancel={() => setAsking(null)}
        />
      </Dialog>
    </>
  )
}

/** Adds a line behind another one, or as the first below a heading. */
export function AddLine({
  behind,
  onAdded,
  onCancel,
}: {
  behind: string
  onAdded: (id: string) => void
  onCancel: () => void
}) {
  const { t } = useTranslation()
  const field = useFocus()
  const [text, setText] = useState('')
  const adding = useChange('measure.add', {
    stale: [...stale],
    quiet: true,
    onDone: ({ line }) => onAdded(line.id),
  })
  const tooShort = text.trim().length < 3
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!tooShort) adding.mutate({ behind, text: text.trim() })
      }}
    >
      <Textarea
        label={t('line.text')}
        description={t('line.addHint')}
        autosize
        minRows={3}
        ref={field}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={adding.error ? sentenceOf(adding.error, t) : undefined}
      />
      <div className="actions">
        <Button type="submit" variant="filled" disabled={tooShort} loading={adding.isPending}>
          {t('line.addDo')}
        </Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}

function RemoveLine({
  statement,
  measure,
  onRemoved,
  onCancel,
}: {
  statement: StatementView
  measure: MeasureView
  onRemoved: () => void
  onCancel: () => void
}) {
  const { t } = useTranslation()
  const field = useFocus()
  const [reason, setReason] = useState('')
  const removing = useChange('measure.remove', { stale: [...stale], quiet: true, onDone: onRemoved })
  const weighed = useWeigh({ measureId: measure.id, remove: true }, removing.isPending)
  const tooShort = reason.trim().length < 3
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!tooShort) removing.mutate({ measureId: measure.id, revision: measure.revision, reason: reason.trim() })
      }}
    >
      <blockquote className="conflict-text">{statement.text}</blockquote>
      <p>{t('line.removeText')}</p>
      <Weighed weighed={weighed} />
      <Textarea
        label={t('line.removeReason')}
        autosize
        minRows={2}
        ref={field}
        maxLength={1_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={removing.error ? sentenceOf(removing.error, t) : undefined}
      />
      <div className="actions">
        <Button type="submit" variant="filled" disabled={tooShort} loading={removing.isPending}>
          {t('line.remove')}
        </Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}
