import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { type ChosenNetwork, chosenNetworks } from '../chosen.ts';
import { threadKey } from '../counting.ts';
import { partPictures } from '../details.ts';
import { addToThread, copyThread, hasRoom, hasThread, moveInThread, removeFromThread, setInThread, undoRemoval } from '../edits.ts';
import { threadFieldId } from '../fieldIds.ts';
import { asList, asNumber } from '../../../page/format.ts';
import { isSending, type Page } from '../page.ts';
import { canJoin, canSplit, joinThread, splitIntoThread } from '../threadEdits.ts';
import { partOfThread } from '../words.ts';
import type { Act } from './act.ts';
import { countClass, countWords } from './count.ts';
import { dragHandle, dropPlace } from './dragging.ts';
import { growingText } from './growingText.ts';
import { partPictureFields } from './partPictures.ts';
import { toolButton } from '../../../page/toolButton.ts';

/** The texts that follow the first one on a network. */
export function thread(network: ChosenNetwork, page: Page, act: Act): TemplateResult {
  const { service, label } = network;
  const texts = network.thread?.texts ?? [];
  const addId = `thread-${service}-add`;
  const undoId = `thread-${service}-undo`;
  const removed = page.removed.findLast((each) => each.service === service);
  // Networks without a thread: what was typed for one is not written over.
  const { draft } = page;
  const others =
    draft && hasThread(draft, service)
      ? chosenNetworks(page).filter((each) => each.service !== service && each.thread && !hasThread(draft, each.service))
      : [];
  const otherLabels = asList(others.map((each) => each.label));

  const add = () => {
    act.change((now) => addToThread(now, service));
    act.focus(threadFieldId(service, texts.length));
  };
  const undo = () => {
    act.change((now) => undoRemoval(now, service));
    if (removed) act.focus(threadFieldId(service, removed.index));
  };
  const copy = () => {
    act.change((now) =>
      copyThread(
        now,
        service,
        others.map((each) => each.service),
      ),
    );
    act.say(l10n.t('{0} has the same thread now.', otherLabels));
    act.focus(addId);
  };
  const split = () => {
    act.change((now) => splitIntoThread(now, service));
    act.say(l10n.t('The text was split into a thread.'));
    act.focus(threadFieldId(service, 0));
  };
  const join = () => {
    act.change((now) => joinThread(now, service));
    act.say(l10n.t('The thread was joined into one text.'));
    act.focus('text-field');
  };
  return html`<div class="thread is-wide" role="group" aria-label=${l10n.t('Thread on {0}', label)}>
    ${
      texts.length > 0
        ? html`<ol>
            ${texts.map((_, index) => part(network, index, page, act, { addId, undoId }))}
          </ol>`
        : nothing
    }
    ${
      removed
        ? html`<p class="undo">
            <span>${l10n.t('A text was removed from the thread.')}</span>
            <button
              class="link"
              type="button"
              id=${undoId}
              aria-label=${l10n.t('Undo: restore the text in the thread on {0}', label)}
              @click=${undo}
            >
              ${l10n.t('Undo')}
            </button>
          </p>`
        : nothing
    }
    <div class="links">
      ${
        page.draft && hasRoom(page.draft, service)
          ? html`<button class="link offer" type="button" id=${addId} aria-label=${l10n.t('Add to Thread on {0}', label)} @click=${add}>
              <span class="codicon codicon-add" aria-hidden="true"></span><span>${l10n.t('Add to Thread')}</span>
            </button>`
          : nothing
      }
      ${
        canSplit(page, service)
          ? html`<button class="link offer" type="button" aria-label=${l10n.t('Split into Thread on {0}', label)} @click=${split}>
              <span class="codicon codicon-split-vertical" aria-hidden="true"></span><span>${l10n.t('Split into Thread')}</span>
            </button>`
          : nothing
      }
      ${
        page.draft && canJoin(page.draft, service)
          ? html`<button class="link offer" type="button" aria-label=${l10n.t('Join into One Text on {0}', label)} @click=${join}>
              <span class="codicon codicon-combine" aria-hidden="true"></span><span>${l10n.t('Join into One Text')}</span>
            </button>`
          : nothing
      }
      ${
        others.length > 0
          ? html`<button class="link offer" type="button" @click=${copy}>
              <span class="codicon codicon-copy" aria-hidden="true"></span><span>${l10n.t('Use for {0} as well', otherLabels)}</span>
            </button>`
          : nothing
      }
    </div>
  </div>`;
}

function part(
  { service, label, thread: own }: ChosenNetwork,
  index: number,
  page: Page,
  act: Act,
  { addId, undoId }: { addId: string; undoId: string },
): TemplateResult {
  const text = own!.texts[index]!;
  const id = threadFieldId(service, index);
  const name = partOfThread(label, index);
  const count = page.counts.get(threadKey(service, index));
  const remove = () => {
    act.change((now) => removeFromThread(now, service, index));
    act.say(l10n.t('{0} was removed.', name));
    act.focus(text.trim() || partPictures(page.draft!, service, index).length > 0 ? undoId : addId);
  };
  const last = own!.texts.length - 1;
  const move = (to: number) => {
    act.change((now) => moveInThread(now, service, index, to));
    act.say(l10n.t('Moved to {0}.', partOfThread(label, to)));
    act.focus(threadFieldId(service, to));
  };
  const tool = (icon: string, words: string, press: () => void) => toolButton(icon, words, press);
  return html`<li ${dropPlace(`thread ${service}`, index, (from) => act.change((now) => moveInThread(now, service, from, index)))}>
    <div class="thread-head">
      ${last > 0 ? dragHandle(`thread ${service}`, index) : nothing}
      <span class="field-label" aria-hidden="true" @click=${() => document.getElementById(id)?.focus()}
        >${l10n.t('Part {0}', asNumber(index + 2))}</span
      >
      ${count ? html`<span class=${countClass(count)} id="${id}-count"><span class="number">${countWords(count)}</span></span>` : nothing}
      <span class="tools"
        >${index > 0 ? tool('arrow-up', l10n.t('Move {0} up', name), () => move(index - 1)) : nothing}
        ${index < last ? tool('arrow-down', l10n.t('Move {0} down', name), () => move(index + 1)) : nothing}
        ${tool('trash', l10n.t('Remove {0}', name), remove)}</span
      >
    </div>
    <div class="editor">
      ${growingText({
        id,
        label: name,
        describedBy: `${id}-count`,
        value: text,
        rows: 2,
        isReadonly: isSending(page),
        count: count?.text === text ? count : undefined,
        input: (typed) => act.change((now) => setInThread(now, service, index, typed)),
      })}
    </div>
    ${partPictureFields(service, name, index, page, act)}
  </li>`;
}
