package report_test

// What the samples of the bounce corpus say, as read by a person: the folder has no
// expected output. Those with a delivery status are judged by its Action and Status alone
// (failed with 5.x.x is hard, failed with 4.x.x soft, anything else none); the others by
// the code they quote, and without one by whether they say that the address is gone. All
// that are not named here are hard.
const (
	softSamples = `
bsd/lhost-amazonses-17 bsd/lhost-amazonworkmail-07 bsd/lhost-biglobe-01 bsd/lhost-dragonfly-29
bsd/lhost-einsundeins-02 bsd/lhost-exchange2007-05 bsd/lhost-exim-06 bsd/lhost-exim-08
bsd/lhost-ezweb-01 bsd/lhost-ezweb-05 bsd/lhost-gmail-11 bsd/lhost-googlegroups-01
bsd/lhost-googlegroups-03 bsd/lhost-googlegroups-05 bsd/lhost-googlegroups-07
bsd/lhost-googlegroups-09 bsd/lhost-googlegroups-11 bsd/lhost-googlegroups-13
bsd/lhost-googleworkspace-01 bsd/lhost-imailserver-02 bsd/lhost-imailserver-04 bsd/lhost-kddi-01
bsd/lhost-kddi-03 bsd/lhost-messagingserver-12 bsd/lhost-outlook-07 bsd/lhost-postfix-08
bsd/lhost-postfix-15 bsd/lhost-postfix-37 bsd/lhost-postfix-43 bsd/lhost-postfix-45
bsd/lhost-postfix-49 bsd/lhost-qmail-06 bsd/lhost-receivingses-03 bsd/lhost-sendgrid-03
bsd/lhost-sendmail-08 bsd/lhost-sendmail-10 bsd/lhost-sendmail-12 bsd/lhost-sendmail-39
bsd/lhost-trendmicro-02 bsd/lhost-v5sendmail-01 bsd/lhost-x2-04 bsd/lhost-x2-06 bsd/lhost-zoho-05
bsd/rfc3464-36 bsd/rfc3464-38 bsd/rfc3464-40 bsd/rfc3464-43 bsd/rfc3464-52 bsd/rfc3464-54
bsd/rfc3464-56 bsd/rfc3464-62 bsd/rfc3464-64 bsd/rhost-cloudflare-01 bsd/rhost-franceptt-07
bsd/rhost-franceptt-10 bsd/rhost-gsuite-04 bsd/rhost-gsuite-10 bsd/rhost-microsoft-05
bsd/rhost-outlook-07 bsd/rhost-yahooinc-02 dos/lhost-ezweb-01 dos/lhost-googlegroups-01
dos/lhost-notes-01 dos/lhost-x4-01 dos/rhost-cloudflare-01 err/make-test-11 err/make-test-33
mac/lhost-biglobe-01 mac/lhost-einsundeins-01 mac/lhost-googleworkspace-01 mac/lhost-kddi-01
mac/lhost-v5sendmail-01 tmp/rfc3464-39
`
	noneSamples = `
bsd/arf-02 bsd/arf-12 bsd/arf-15 bsd/arf-17 bsd/arf-19 bsd/arf-21 bsd/arf-23 bsd/arf-25
bsd/lhost-amazonses-11 bsd/lhost-amazonses-13 bsd/lhost-exim-38 bsd/lhost-fml-03 bsd/lhost-gmail-09
bsd/lhost-opensmtpd-04 bsd/lhost-opensmtpd-06 bsd/lhost-opensmtpd-13 bsd/lhost-opensmtpd-15
bsd/lhost-postfix-75 bsd/lhost-sendmail-14 bsd/lhost-sendmail-29 bsd/lhost-sendmail-55
bsd/lhost-x1-04 bsd/rfc3464-28 bsd/rfc3464-34 bsd/rfc3834-02 bsd/rfc3834-04 bsd/rfc3834-06
bsd/rhost-gsuite-06 dos/arf-01 mac/rfc3834-01 not/is-not-bounce-02
`
)
