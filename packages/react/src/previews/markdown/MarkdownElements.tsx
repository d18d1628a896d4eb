import type { MarkedToken, Token, Tokens } from 'marked';
import { createElement, Fragment, type ReactNode } from 'react';
import { decodeEntities, isSafeImage, safeLink } from './markdown-safety.js';

/**
 * Draws Markdown as React elements: there is no step in which text becomes HTML, so nothing can be smuggled in. HTML
 * inside the Markdown is shown as the text that it is.
 */
export function MarkdownElements({ tokens = [], depth = 0 }: MarkdownElementsProps): ReactNode {
  return tokens.map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no id, and are replaced as a whole
    <Fragment key={index}>{depth < DEEPEST ? draw(token as MarkedToken, depth + 1) : token.raw}</Fragment>
  ));
}

interface MarkdownElementsProps {
  readonly tokens: readonly Token[] | undefined;
  readonly depth?: number;
}

/** Nobody writes quotes in quotes this deep; what lies deeper is shown as its text. */
const DEEPEST = 40;

function draw(token: MarkedToken, depth: number): ReactNode {
  switch (token.type) {
    case 'heading':
      return createElement(`h${token.depth}`, null, <MarkdownElements tokens={token.tokens} depth={depth} />);
    case 'paragraph':
      return (
        <p>
          <MarkdownElements tokens={token.tokens} depth={depth} />
        </p>
      );
    case 'strong':
      return (
        <strong>
          <MarkdownElements tokens={token.tokens} depth={depth} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <MarkdownElements tokens={token.tokens} depth={depth} />
        </em>
      );
    case 'del':
      return (
        <del>
          <MarkdownElements tokens={token.tokens} depth={depth} />
        </del>
      );
    case 'blockquote':
      return (
        <blockquote>
          <MarkdownElements tokens={token.tokens} depth={depth} />
        </blockquote>
      );
    case 'code':
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      );
    case 'codespan':
      return <code>{token.text}</code>;
    case 'list':
      return <MarkdownList list={token} depth={depth} />;
    case 'table':
      return <MarkdownTable table={token} depth={depth} />;
    case 'link':
      return <MarkdownLink link={token} depth={depth} />;
    case 'image':
      return isSafeImage(token.href) ? <img src={token.href} alt={token.text} /> : <span>{token.text}</span>;
    case 'text':
      return token.tokens ? <MarkdownElements tokens={token.tokens} depth={depth} /> : decodeEntities(token.text);
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    case 'escape':
    case 'html':
      return token.text;
    default:
      return null;
  }
}

function MarkdownList({ list, depth }: { readonly list: Tokens.List; readonly depth: number }): ReactNode {
  const items = list.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no id, and are replaced as a whole
    <li key={index} className={item.task ? 'loom-markdown-task' : undefined}>
      {item.task && <input type="checkbox" checked={item.checked ?? false} disabled />}
      <MarkdownElements tokens={item.tokens} depth={depth} />
    </li>
  ));
  return list.ordered ? <ol start={list.start === '' ? 1 : list.start}>{items}</ol> : <ul>{items}</ul>;
}

function MarkdownTable({ table, depth }: { readonly table: Tokens.Table; readonly depth: number }): ReactNode {
  const cell = (tag: 'th' | 'td', { tokens }: Tokens.TableCell, index: number): ReactNode => {
    const align = table.align[index];
    const style = align ? { textAlign: align } : undefined;
    return createElement(tag, { key: index, style }, <MarkdownElements tokens={tokens} depth={depth} />);
  };
  return (
    <table>
      <thead>
        <tr>{table.header.map((entry, index) => cell('th', entry, index))}</tr>
      </thead>
      <tbody>
        {table.rows.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no id, and are replaced as a whole
          <tr key={place}>{row.map((entry, index) => cell('td', entry, index))}</tr>
        ))}
      </tbody>
    </table>
  );
}

function MarkdownLink({ link, depth }: { readonly link: Tokens.Link; readonly depth: number }): ReactNode {
  const href = safeLink(link.href);
  const content = <MarkdownElements tokens={link.tokens} depth={depth} />;
  if (href === undefined) return <span>{content}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" title={link.title ?? undefined}>
      {content}
    </a>
  );
}
