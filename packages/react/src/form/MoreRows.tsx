import { Braces } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../messages/messages.js';
import { MOST_ROWS } from './field-shape.js';
import { useForm } from './form-context.js';

/** Says what of a long list or table is not drawn, and leads to where it can be edited. */
export function MoreRows({ count }: { readonly count: number }): ReactNode {
  const { editText } = useForm();
  const messages = useMessages();
  if (count < MOST_ROWS) return null;
  return (
    <p className="loom-form-help">
      {messages.formMore(count - MOST_ROWS)}{' '}
      <button type="button" className="loom-link" onClick={editText}>
        <Braces size={12} aria-hidden="true" /> {messages.formAsText}
      </button>
    </p>
  );
}
