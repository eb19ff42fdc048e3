import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { useLanguage } from '../language/use-language.ts'
import { PointLine } from './Lists.tsx'
import { stale } from './record.ts'

type Template = Output<'checklist.templates'>['templates'][number]
const kinds = ['joiner', 'mover', 'leaver'] as const

/** What is open on all lists, and the templates that lists are begun with. */
export function Points() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const mayWrite = useMay('person:write')
  const read = useRead('checklist.list', {})
  return (
    <>
      <Loaded read={read}>
        {({ points }) =>
          points.length === 0 ? (
            <p>{t('checklist.nothingOpen')}</p>
          ) : (
            <ul className="record-points">
              {points.map((point) => (
                <PointLine
                  key={point.itemId}
                  point={point}
                  mayWrite={mayWrite}
                  of={
                    <Link to="/t/$slug/people/$personId" params={{ slug, personId: point.personId }}>
                      {point.name}
                    </Link>
                  }
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <Templates mayWrite={mayWrite} />
    </>
  )
}

function Templates({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const read = useRead('checklist.templates', { language })
  const removing = useChange('checklist.remove_template', { stale })
  const [asking, setAsking] = useState<Template | 'new' | null>(null)
  return (
    <section className="record-part" aria-labelledby="templates">
      <h2 id="templates">{t('checklist.templates')}</h2>
      <Loaded read={read}>
        {({ templates }) => (
          <ul className="rows">
            {templates.map((template) => (
              <li key={template.templateId ?? template.kind} className="row">
                <div className="row-main">
                  <h3 className="row-title">{template.title}</h3>
                  <p className="note quiet">
                    {t(`checklist.kind.${template.kind}`)} · {t('checklist.points', { count: template.items.length })}
                    {template.templateId === null ? ` · ${t('checklist.shipped')}` : ''}
                  </p>
                </div>
                {mayWrite ? (
                  <div className="row-actions">
                    <button
                      type="button"
                      className="text-button"
                      aria-label={t(template.templateId === null ? 'checklist.copyOf' : 'checklist.changeOf', {
                        name: template.title,
                      })}
                      onClick={() => setAsking(template)}
                    >
                      {t(template.templateId === null ? 'checklist.copy' : 'record.change')}
                    </button>
                    {template.templateId === null ? null : (
                      <button
                        type="button"
                        className="text-button"
                        disabled={removing.isPending}
                        aria-label={t('checklist.removeTemplateOf', { name: template.title })}
                        onClick={() => removing.mutate({ templateId: template.templateId ?? '' })}
                      >
                        {t('checklist.remove')}
                      </button>
                    )}
                  </div>
                ) : null}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {mayWrite ? (
        <div className="actions">
          <Button onClick={() => setAsking('new')}>{t('checklist.addTemplate')}</Button>
        </div>
      ) : null}
      <Dialog title={t('checklist.template')} opened={asking !== null} onClose={() => setAsking(null)} side>
        {asking === null ? null : (
          <TemplateForm template={asking === 'new' ? null : asking} onDone={() => setAsking(null)} />
        )}
      </Dialog>
    </section>
  )
}

interface Item {
  readonly key: string
  readonly text: string
  readonly days: number | string
}
const emptyItem = (): Item => ({ key: crypto.randomUUID(), text: '', days: 0 })

function TemplateForm({ template, onDone }: { template: Template | null; onDone: () => void }) {
  const { t } = useTranslation()
  const [title, setTitle] = useState(template?.title ?? '')
  const [kind, setKind] = useState<string>(template?.kind ?? 'joiner')
  const [items, setItems] = useState<readonly Item[]>(
    template ? template.items.map((item) => ({ key: crypto.randomUUID(), ...item })) : [emptyItem()],
  )
  const saving = useChange('checklist.save_template', { stale, quiet: true, onDone })
  const change = (key: string, part: Partial<Item>) =>
    setItems((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({
          templateId: template?.templateId ?? null,
          kind: kinds.find((one) => one === kind) ?? 'joiner',
          title: title.trim(),
          items: items.map(({ text, days }) => ({ text: text.trim(), days: Number(days) })),
        })
      }}
    >
      <TextInput
        label={t('course.title')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={200}
      />
      <NativeSelect
        label={t('checklist.when')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
        data={kinds.map((one) => ({ value: one, label: t(`checklist.kind.${one}`) }))}
      />
      <p className="note quiet">{t('checklist.daysHint')}</p>
      {items.map(({ key, text, days }, index) => (
        <div key={key} className="record-item">
          <TextInput
            label={t('checklist.point', { number: index + 1 })}
            value={text}
            onChange={(event) => change(key, { text: event.currentTarget.value })}
            required
            minLength={3}
            withAsterisk={false}
            maxLength={500}
          />
          <NumberInput
            hideControls
            label={t('checklist.days', { number: index + 1 })}
            value={days}
            onChange={(value) => change(key, { days: value })}
            min={-366}
            max={366}
            allowDecimal={false}
            required
            withAsterisk={false}
          />
          <button
            type="button"
            className="text-button"
            disabled={items.length === 1}
            aria-label={t('checklist.removePoint', { number: index + 1 })}
            onClick={() => setItems((all) => all.filter((one) => one.key !== key))}
          >
            {t('checklist.remove')}
          </button>
        </div>
      ))}
      <div className="actions">
        <Button disabled={items.length >= 60} onClick={() => setItems((all) => [...all, emptyItem()])}>
          {t('checklist.addPoint')}
        </Button>
      </div>
      {saving.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(saving.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={saving.isPending}>
          {t('person.submit')}
        </Button>
        <Button onClick={onDone}>{t('action.cancel')}</Button>
      </div>
    </form>
  )
}
