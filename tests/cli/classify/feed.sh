. "$LIB"
train_model
cat >pond.rss <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rss [ <!ENTITY bomb "frog"> ]>
<rss version="2.0" xmlns:odd="http://odd.example/">
  <channel>
    <title>Pond</title>
    <item>
      <title>A worm &amp; a trojan spread</title>
      <odd:thing colour='green'><![CDATA[ <item>not one</item> ]]></odd:thing>
      <description>&lt;p&gt;The worm encrypts files, the trojan steals passwords.&lt;/p&gt;</description>
    </item>
    <item><title>A worm spreads</title><category>Malware</category><description>The worm encrypts files &bomb;</description></item>
    <item/>
    <item><title>Frogs</title><description>They sing.</description>
  </channel>
</rss>
END
code ttag classify -m model.ttag pond.rss --format tsv | cut -f1,2
ttag classify -q -m model.ttag pond.rss --format rss >tagged.rss
diff pond.rss tagged.rss
ttag classify -q -m model.ttag --format rss --threads 1 - <pond.rss | cmp - tagged.rss && echo same
ttag classify -q -m model.ttag --format rss tagged.rss | cmp - tagged.rss && echo "twice is once"
ttag classify -q -m model.ttag --format rss --only 'Mal*' pond.rss | grep -c '<item>'
ttag classify -q -m model.ttag --format rss --drop 'Mal*' pond.rss | grep -c '<item>'
cat >pond.atom <<'END'
<feed xmlns="http://www.w3.org/2005/Atom"><title>Pond</title>
<entry><title>A worm &amp; a trojan</title><id>urn:1</id><content type="html">The worm encrypts files.</content></entry>
</feed>
END
ttag classify -q -m model.ttag pond.atom --format atom | diff pond.atom -
printf '\xef\xbb\xbf<?xml version="1.0" encoding="ISO-8859-1"?><rss><item><title>W\xfcrm: a worm, a trojan</title></item></rss>' >latin.rss
ttag classify -q -m model.ttag latin.rss --format rss | od -c | head -3
head -1 "$FIXTURES/test.jsonl" >lines.jsonl
code ttag classify -m model.ttag lines.jsonl --format rss
echo '<html><p>no feed</p></html>' >page.xml
code ttag classify -m model.ttag page.xml
echo '<rss><channel></channel></rss>' >empty.rss
code ttag classify -m model.ttag empty.rss
