. "$LIB"
code ttag inspect -m model.ttag Malware Spyware
code ttag inspect model.ttag Malware Spyware
code ttag help train classify
code ttag version now
