import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { test } from './runner';

test('the extension is there and asleep until it is needed', () => {
  const extension = vscode.extensions.getExtension('repscope.repscope');
  assert.ok(extension, 'no extension repscope.repscope');
  assert.equal(extension.isActive, false);
});
